import type { Actor } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { EntryId, PracticeId } from '../core/id.ts';
import { noteRules } from './accept-rules.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import { createClient } from './command/new-client.ts';
import { publish } from './lore.ts';
import { meet } from './people.ts';
import type { PracticeRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';
import { refusal } from './refuse-rules.ts';
import { standingOf } from './rules-in-force.ts';
import type { Standing } from './rules-in-force.ts';

const SYSTEM: Actor = { kind: 'system', id: 'aios' };
const TRIES = 3;

/** What becomes of rules that nobody accepted: the start is refused, or takes them into force by itself. */
export type Unaccepted = 'refuse' | 'accept';

/**
 * Begins the practice on the first start: its one row, its owner, itself as its first client, the rules at hand accepted.
 * On later starts only texts that are new are written down, and rules other than those in force are refused, or accepted
 * where that is wished. Safe to call from several processes at once. Gives how the rules at hand stood. Throws Fault
 * `not_allowed` with what is different, or `conflict` when others kept writing the same.
 */
export async function found(
  world: World,
  origin: string,
  unaccepted: Unaccepted = 'refuse',
): Promise<Standing['is']> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const standing = await standingOf(world);
    if (standing.is === 'other' && unaccepted === 'refuse') throw await refusal(world, standing);
    const act = openAct(world.clock);
    await publish(world, act, await causeIn(world, act, { standing, origin }));
    const pending = act.close();
    if (pending.entries.length === 0) return standing.is;
    if ((await world.store.commit(pending)) === 'done') return standing.is;
  }
  throw new Fault(
    'conflict',
    'The rules in force could not be written down: other processes were first each time. Start again.',
    { retry: true },
  );
}

type At = { readonly standing: Standing; readonly origin: string };

/** The entry that texts which are new follow from: the one that put the rules in force. */
async function causeIn(world: World, act: OpenAct, at: At): Promise<EntryId> {
  const { standing } = at;
  if (standing.is === 'unfounded') return begin(world, act, at);
  const { lastEntry: cause } = standing.practice;
  if (standing.is === 'same') return cause;
  const by = standing.is === 'unkept' ? 'first_start' : 'auto';
  return (await noteRules(world, act, { standing, by, cause })).entry;
}

async function begin(world: World, act: OpenAct, { standing, origin }: At): Promise<EntryId> {
  const owner = await meet(world, act, world.facility.ownerUser);
  const { hash } = world.library.rules;
  const founding = act.note(
    { type: 'practice.founded', actor: SYSTEM, data: { origin, rules_sha256: hash } },
    null,
  );
  const accepted = await noteRules(world, act, { standing, by: 'first_start', cause: founding });
  const row: PracticeRow = {
    id: act.newId<PracticeId>(),
    origin,
    rehearsal: world.facility.rehearsal,
    policySha256: hash,
    lastEntry: accepted.entry,
  };
  act.change({ insert: 'practice', row });
  createClient(act, {
    slug: 'practice',
    name: 'The practice itself',
    owner: owner.person,
    by: SYSTEM,
    cause: founding,
  });
  return accepted.entry;
}
