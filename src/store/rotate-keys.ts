import type { Actor } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { BodyId, ClientId, EntryId } from '../core/id.ts';
import type { KeyringRow } from '../flow/ports/rows.ts';
import type { Act, Change } from '../flow/ports/store.ts';
import type { Clock } from '../flow/ports/world.ts';
import { commit } from './commit.ts';
import type { Stamp } from './commit.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { keyName, ownerOf } from './key-name.ts';
import type { KeyOwner } from './key-name.ts';
import type { Keys } from './keys.ts';
import { lock, unlock } from './lock.ts';
import { all, one } from './read-settings.ts';
import { together } from './together.ts';
import type { Statement } from './together.ts';

export type RotateDeps = {
  /** The pool of the eraser. */
  readonly sql: Sql;
  readonly keys: Keys;
  readonly stamp: Stamp;
  readonly clock: Clock;
};

export type Rotation = {
  /** Whose key; null for the practice's own. */
  readonly client: ClientId | null;
  readonly actor: Actor;
};

export type Rotated = {
  /** The generation in force from now on. */
  readonly generation: number;
  /** Texts that were wrapped under it. */
  readonly rewrapped: number;
  /** Generations that were destroyed. */
  readonly destroyed: readonly number[];
};

/** Far more statements at once go down a connection ever slower. */
const BATCH = 60;
const TRIES = 20;

/**
 * Turns the key of a client, or the practice's: makes a new generation, wraps every text that is left under it, retires
 * the old generations, and only then destroys them. What was erased before stays locked for good, in old copies of the
 * database as well. AIOS may run meanwhile. After a crash at any point every text opens, and turning again finishes it.
 * Throws Fault `conflict` when the client is erased or another turns the same key, `bad_config` when an old key is
 * missing or does not open what lies under it.
 */
export async function rotateKeys(deps: RotateDeps, rotation: Rotation): Promise<Rotated> {
  const { keys } = deps;
  const owner = ownerOf(rotation.client);
  const ring = await ringOf(deps, owner);
  if (ring?.closedAt != null)
    throw new Fault('conflict', 'This client was erased: there is no key left to turn.');
  const generation = Math.max(ring?.oldest ?? 0, ...(await keys.generations(owner)), 0) + 1;
  await keys.rotate(owner, generation);
  const rewrapped = await retire(deps, { ...rotation, owner, generation });
  const old = (await keys.generations(owner)).filter((g) => g < generation);
  for (const g of old) await keys.destroy(keyName(owner, g));
  return { generation, rewrapped, destroyed: old };
}

function ringOf({ sql }: RotateDeps, owner: KeyOwner): Promise<KeyringRow | null> {
  return one(sql<KeyringRow[]>`select * from keyring where owner = ${owner}`);
}

type Turn = Rotation & { readonly owner: KeyOwner; readonly generation: number };

/**
 * Wraps anew until the database agrees that nothing lies under the old generations any more: it waits for whatever is
 * just being written under them, and takes nothing more from then on.
 */
async function retire(deps: RotateDeps, turn: Turn): Promise<number> {
  let rewrapped = 0;
  for (let tried = 0; tried < TRIES; tried += 1) {
    rewrapped += await rewrap(deps, turn);
    const ring = await ringOf(deps, turn.owner);
    if (ring !== null && ring.oldest >= turn.generation) break;
    const act = turnedAct(deps, turn, { ring, rewrapped });
    if ((await commit(deps.sql, act, deps.stamp)) === 'done') return rewrapped;
  }
  throw new Fault(
    'conflict',
    'The key was turned by another at the same moment, or texts kept coming under the old one. Nothing is lost; turn it again.',
    { retry: true },
  );
}

type Standing = { readonly ring: KeyringRow | null; readonly rewrapped: number };

function turnedAct({ clock }: RotateDeps, turn: Turn, { ring, rewrapped }: Standing): Act {
  const { client, actor, owner, generation } = turn;
  const lastEntry = clock.newId<EntryId>();
  const change: Change =
    ring === null
      ? { insert: 'keyring', row: { owner, oldest: generation, closedAt: null, lastEntry } }
      : {
          update: 'keyring',
          set: { oldest: generation, lastEntry },
          where: { owner, oldest: ring.oldest, closedAt: null },
        };
  const draft = {
    type: 'keys.rotated',
    actor,
    ...(client === null ? {} : { client }),
    data: { scope: client === null ? 'practice' : 'client', generation, rewrapped },
  } as const;
  const entries = [{ id: lastEntry, cause: null, draft }];
  return { entries, changes: [change], cards: [], jobs: [], at: clock.now() };
}

type Wrapped = {
  readonly id: BodyId;
  readonly keyName: string;
  readonly wrappedKey: Uint8Array;
};

/** Wraps what lies under older generations under the new one, batch by batch; gives how many texts that were. */
async function rewrap(deps: RotateDeps, { owner, generation }: Turn): Promise<number> {
  const old = Array.from({ length: generation }, (_, g) => keyName(owner, g));
  let count = 0;
  for (;;) {
    const batch = await all(deps.sql<Wrapped[]>`
      select id, key_name, wrapped_key from body
      where key_name = any(${old}) and erased_at is null limit ${BATCH}`);
    if (batch.length === 0) return count;
    const statements = await Promise.all(
      batch.map((body) => wrapAnew(deps, body, [owner, generation])),
    );
    await reach(() => together(deps.sql, statements));
    count += batch.length;
  }
}

/** Under the same key of its own, so that its text stays as it is. What was erased or given away meanwhile stays so. */
async function wrapAnew(
  { keys }: RotateDeps,
  { id, keyName: was, wrappedKey }: Wrapped,
  to: readonly [KeyOwner, number],
): Promise<Statement> {
  const name = keyName(...to);
  const [before, after] = await Promise.all([keys.get(was), keys.get(name)]);
  if (before === null || after === null) throw missing(before === null ? was : name);
  const wrapped = lock(after, opened(before, { id, keyName: was, wrappedKey }), id);
  return (tx) => tx`
    update body set key_name = ${name}, wrapped_key = ${wrapped}
    where id = ${id} and key_name = ${was} and erased_at is null`;
}

function opened(key: Uint8Array, { id, keyName: name, wrappedKey }: Wrapped): Uint8Array {
  try {
    return unlock(key, wrappedKey, id);
  } catch (cause) {
    throw new Fault(
      'bad_config',
      `The key ${name} does not open the text ${id}, so it was not turned. Restore the file from your backup of AIOS_KEYS, or erase that text: aios erase --body ${id} --ground mistake`,
      { cause },
    );
  }
}

function missing(name: string): Fault {
  return new Fault(
    'bad_config',
    `The key ${name} is missing in AIOS_KEYS, and texts lie under it. Nothing was destroyed. Restore it from your backup, then turn the key again.`,
  );
}
