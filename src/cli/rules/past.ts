import { readDay } from '../../core/day.ts';
import { Fault } from '../../core/fault.ts';
import { clientIn } from '../../flow/command/log-find.ts';
import type { World } from '../../flow/ports/world.ts';
import type { Which } from '../../store/past.ts';
import { USAGE } from './given.ts';
import type { Given } from './given.ts';

/** Which decisions are meant. Throws Fault `bad_input` for what is no day, and for a client nobody knows. */
export async function whichPast(
  { settings, since, until, client }: Given,
  { store }: Pick<World, 'store'>,
): Promise<Which> {
  if (since === undefined)
    throw new Fault('bad_input', `Expected --since and a day, got none. ${USAGE}`);
  const days = {
    from: dayOf('--since', since),
    to: until === undefined ? null : dayOf('--until', until),
  };
  const { from, to } = await store.logSpan(days, settings.zone);
  return {
    since: from,
    until: to,
    client: client === undefined ? null : await clientIn({ store }, 'all', client.toLowerCase()),
  };
}

function dayOf(flag: string, text: string) {
  const day = readDay(text);
  if (day !== undefined) return day;
  throw new Fault(
    'bad_input',
    `${flag} must be a day such as 2026-11-30, got "${text.slice(0, 40)}". ${USAGE}`,
  );
}
