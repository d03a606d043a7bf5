import type { Actor } from '../core/entry.ts';
import type { PracticeId } from '../core/id.ts';
import { openAct } from './act.ts';
import { createClient } from './command/new-client.ts';
import { meet } from './people.ts';
import type { PracticeRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';

export type Founding = {
  readonly origin: string;
  /** Texts of rules and personas by their SHA-256, kept for ever. */
  readonly texts: ReadonlyMap<string, string>;
};

const SYSTEM: Actor = { kind: 'system', id: 'aios' };

/**
 * Begins the practice on the first start: its one row, its owner, itself as its first client, the shipped rules
 * accepted. On later starts only a changed rule set is written down. Safe to call from several processes at once.
 */
export async function found(world: World, founding: Founding): Promise<void> {
  const practice = await world.store.practice();
  if (practice === null) await begin(world, founding);
  else if (practice.policySha256 !== world.library.rules.hash)
    await acceptRules(world, practice, founding);
}

async function begin(world: World, founding: Founding): Promise<void> {
  const act = openAct(world.clock);
  const owner = await meet(world, act, world.facility.ownerUser);
  const lastEntry = act.note(
    {
      type: 'practice.founded',
      actor: SYSTEM,
      data: { origin: founding.origin, rules_sha256: world.library.rules.hash },
    },
    null,
  );
  const row: PracticeRow = {
    id: act.newId<PracticeId>(),
    origin: founding.origin,
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
  });
  await world.store.keepLore(founding.texts);
  await world.store.commit(act.close());
}

async function acceptRules(world: World, practice: PracticeRow, founding: Founding): Promise<void> {
  const act = openAct(world.clock);
  const lastEntry = act.note(
    {
      type: 'rules.accepted',
      actor: SYSTEM,
      data: { rules_sha256: world.library.rules.hash, before_sha256: practice.policySha256 },
    },
    practice.lastEntry,
  );
  act.change({
    update: 'practice',
    set: { policySha256: world.library.rules.hash, lastEntry },
    where: { id: practice.id, policySha256: practice.policySha256 },
  });
  await world.store.keepLore(founding.texts);
  await world.store.commit(act.close());
}
