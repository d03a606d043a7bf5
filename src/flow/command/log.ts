import { signedUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { requestNumber } from '../../core/id.ts';
import { utcText } from '../../core/moment.ts';
import { shortRef } from '../../core/why.ts';
import type { Entry } from '../../ledger/read.ts';
import { findAsked } from './find.ts';
import type { Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { clientBySlug } from './settings.ts';
import { clientsOf, told } from './subcommand.ts';
import { Fault } from '../../core/fault.ts';
import type { Asked } from './subcommand.ts';

const LATEST = 40;
const TIMES = 'Times are UTC, oldest first.';

/** `log #142.2`: every entry of a task, or of a whole request. */
export async function log(world: World, asked: Asked): Promise<Reply> {
  const { file, tasks } = await findAsked(world, asked, asked.words[0]);
  const only = asked.words[0]?.includes('.') === true ? tasks[0] : undefined;
  const entries = await world.store.trail(
    only === undefined ? { request: file.request.id } : { task: only.id },
  );
  const number = only === undefined ? requestNumber(file.request.number) : asked.words[0];
  return told(
    `${number ?? ''}: ${entries.length} entries. ${TIMES}`,
    ...(await entryLines(world, entries)),
  );
}

/** `log client <slug>`: the latest entries of a client. */
export async function logClient(world: World, asked: Asked): Promise<Reply> {
  const client = await clientBySlug(world, asked.words[0]);
  if (!(await clientsOf(world, asked.person)).some((c) => c.id === client.id))
    throw new Fault(
      'not_allowed',
      `Expected a client you approve for, got ${client.slug}. Its owner can name you: client approver ${client.slug} @you`,
    );
  const entries = await world.store.latest(client.id, LATEST);
  return told(
    `${client.name}: the latest ${entries.length} entries. ${TIMES}`,
    ...(await entryLines(world, entries)),
  );
}

/** Entries as readable lines: when, what, who, under which rule, by which model, at what cost. */
export async function entryLines(
  world: Pick<World, 'store'>,
  entries: readonly Entry[],
): Promise<readonly string[]> {
  const names = new Map((await world.store.people()).map((p) => [p.id as string, p]));
  const nameOf = (id: string): string => {
    const person = names.get(id);
    if (person === undefined) return 'a person';
    return person.role === 'guest' ? 'a guest' : person.name;
  };
  return entries.map((entry) => `- ${utcText(entry.at)} ${entryWords(entry, nameOf)}`);
}

function entryWords(entry: Entry, nameOf: (id: string) => string): string {
  const { actor, from, to } = entry;
  const who = actor.kind === 'person' ? nameOf(actor.id) : actorWords(entry);
  const parts = [
    from !== null && to !== null && from !== to ? `${entry.type} (${from} to ${to})` : entry.type,
    `by ${who}`,
    ...(entry.rule === null || actor.kind === 'rule' ? [] : [`rule ${shortRef(entry.rule)}`]),
    ...(entry.model === null ? [] : [`model ${entry.model}`]),
    ...costWords(entry),
  ];
  return parts.join(', ');
}

function actorWords({ actor }: Entry): string {
  if (actor.kind === 'rule') return `rule ${shortRef(actor.id)}`;
  return actor.kind === 'system' ? 'the system' : actor.id;
}

/** Only a finished call has a cost; one without a price says so. */
function costWords({ type, costNano }: Entry): readonly string[] {
  if (costNano !== null && type === 'cost.adjusted') return [signedUsd(costNano as NanoUsd)];
  if (costNano !== null) return [usd(costNano as NanoUsd)];
  return type === 'attempt.ended' ? ['cost not known'] : [];
}
