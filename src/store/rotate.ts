import type { EntryDraft } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import type { Sql } from './connect.ts';
import { mustAgree } from './contradiction.ts';
import { inTurn } from './lock-logs.ts';
import { makeLogKey, readLogKeys, retireLogKey } from './log-keys.ts';
import type { LogKey } from './log-keys.ts';
import type { Logs } from './look-logs.ts';
import { writeOwn } from './own-entry.ts';
import type { Keeper } from './own-entry.ts';
import { sequenceNow } from './sequence.ts';

/** What was done to the keys, and in how many logs it was written down. */
export type Rotation = { readonly before: LogKey; readonly after: LogKey; readonly logs: number };

/**
 * Makes a new key and writes so into every open log; from then on checkpoints carry the signatures of both. Doing it
 * again after a crash finishes it. Throws Fault `bad_input` where there is nothing to rotate or it is done already.
 */
export async function rotateKey(keeper: Keeper): Promise<Rotation> {
  const rotation = await inTurn(keeper, async (tx, logs) => {
    mustAgree(logs);
    const { before, after } = await keysToRotate(logs);
    const entry: Saying = {
      type: 'key.rotated',
      data: { before_sha256: before.sha256, after_sha256: after.sha256 },
    };
    return { before, after, logs: await sayInAll(tx, logs, { keeper, entry }) };
  });
  if (rotation.logs === 0)
    throw new Fault(
      'bad_input',
      'Two keys sign already, and every log says so. When everybody has the new one, end the old one: aios ledger retire',
    );
  await sequenceNow(keeper);
  return rotation;
}

async function keysToRotate(logs: Logs) {
  const [before, after] = signing(logs.keys);
  if (before === undefined)
    throw new Fault(
      'bad_input',
      'There is no key to rotate: nothing was signed yet. The first entry that is signed makes one.',
    );
  if (after !== undefined) return { before, after };
  await makeLogKey(logs.place, before.generation + 1);
  const made = signing(await readLogKeys(logs.place)).at(-1);
  if (made === undefined) throw new Error('a key that was just made is not there');
  return { before, after: made };
}

/**
 * Ends the older of two keys: writes so into every open log, has that signed by both a last time, and removes its private
 * part. Its public part stays, for what it signed. Throws Fault `bad_input` when only one key signs.
 */
export async function retireKey(keeper: Keeper): Promise<Rotation> {
  const rotation = await inTurn(keeper, async (tx, logs) => {
    mustAgree(logs);
    const [before, after] = signing(logs.keys);
    if (before === undefined || after === undefined)
      throw new Fault(
        'bad_input',
        'Only one key signs, and without it nothing could be signed. Bring in its successor first: aios ledger rotate',
      );
    const entry: Saying = { type: 'key.retired', data: { key_sha256: before.sha256 } };
    return { before, after, logs: await sayInAll(tx, logs, { keeper, entry }) };
  });
  await sequenceNow(keeper);
  await inTurn(keeper, (_tx, logs) => retireLogKey(logs.place, rotation.before));
  return rotation;
}

const signing = (keys: Logs['keys']): Logs['keys'] => keys.filter(({ state }) => state === 'signs');

type Saying = Pick<EntryDraft, 'type' | 'data'>;
type InAll = { readonly keeper: Keeper; readonly entry: Saying };

/** Writes an entry for every open log that does not have it yet; says for how many. */
async function sayInAll(tx: Sql, logs: Logs, { keeper, entry }: InAll): Promise<number> {
  const said = await saidBy(tx, entry);
  const open = logs.rows.filter((row) => !row.closed && !said.has(row.clientId));
  for (const { clientId } of open)
    await writeOwn(tx, keeper, clientId === null ? entry : { ...entry, client: clientId });
  return open.length;
}

async function saidBy(tx: Sql, { type, data = {} }: Saying): Promise<Set<ClientId | null>> {
  const rows = await tx<{ clientId: ClientId | null }[]>`
    select client_id from entry
    where type = ${type} and convert_from(body, 'UTF8')::jsonb -> 'data' = ${tx.json(data)}`;
  return new Set(rows.map(({ clientId }) => clientId));
}
