import type { Actor } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { EntryId, PracticeId } from '../core/id.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import { createClient } from './command/new-client.ts';
import { publish } from './lore.ts';
import { meet } from './people.ts';
import type { PracticeRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';

const SYSTEM: Actor = { kind: 'system', id: 'aios' };
const TRIES = 3;

/**
 * Begins the practice on the first start: its one row, its owner, itself as its first client, the shipped rules
 * accepted. On later starts only a changed rule set and texts that are new are written down. Safe to call from several
 * processes at once. Throws Fault `conflict` when others kept writing the same.
 */
export async function found(world: World, origin: string): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const practice = await world.store.practice();
    const act = openAct(world.clock);
    const cause =
      practice === null ? await begin(world, act, origin) : acceptRules(world, act, practice);
    await publish(world, act, cause);
    const pending = act.close();
    if (pending.entries.length === 0) return;
    if ((await world.store.commit(pending)) === 'done') return;
  }
  throw new Fault(
    'conflict',
    'The rules in force could not be written down: other processes were first each time. Start again.',
    { retry: true },
  );
}

async function begin(world: World, act: OpenAct, origin: string): Promise<EntryId> {
  const owner = await meet(world, act, world.facility.ownerUser);
  const lastEntry = act.note(
    {
      type: 'practice.founded',
      actor: SYSTEM,
      data: { origin, rules_sha256: world.library.rules.hash },
    },
    null,
  );
  const row: PracticeRow = {
    id: act.newId<PracticeId>(),
    origin,
    rehearsal: world.facility.rehearsal,
    policySha256: world.library.rules.hash,
    lastEntry,
  };
  act.change({ insert: 'practice', row });
  createClient(act, {
    slug: 'practice',
    name: 'The practice itself',
    owner: owner.person,
    by: SYSTEM,
    cause: lastEntry,
  });
  return lastEntry;
}

/** A changed rule set is accepted with its entry; what follows from the rules has the last such entry as its cause. */
function acceptRules({ library }: World, act: OpenAct, practice: PracticeRow): EntryId {
  const { hash } = library.rules;
  if (practice.policySha256 === hash) return practice.lastEntry;
  const lastEntry = act.note(
    {
      type: 'rules.accepted',
      actor: SYSTEM,
      data: { rules_sha256: hash, before_sha256: practice.policySha256 },
    },
    practice.lastEntry,
  );
  act.change({
    update: 'practice',
    set: { policySha256: hash, lastEntry },
    where: { id: practice.id, policySha256: practice.policySha256 },
  });
  return lastEntry;
}
