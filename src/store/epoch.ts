import { Fault } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import type { EpochReason } from '../core/record-words.ts';
import { rootOf, unpackPeaks } from '../ledger/tree.ts';
import type { Sql } from './connect.ts';
import { contradictions, wasSigned } from './contradiction.ts';
import { nextEpoch } from './epoch-log.ts';
import type { Begun } from './epoch-log.ts';
import { inTurn } from './lock-logs.ts';
import { makeLogKey, retireLogKey } from './log-keys.ts';
import type { LogRow, Logs } from './look-logs.ts';
import type { Keeper } from './own-entry.ts';
import { follow } from './sign-logs.ts';
import type { Signed } from './signed.ts';

/** Which logs, and what a person says has happened to them. */
export type EpochOrder = {
  readonly of: 'all' | 'practice' | ClientId;
  readonly because: EpochReason;
};

/** A client whose log cannot go on, and why; null is the practice itself. */
type Broken = { readonly client: ClientId | null; readonly because: EpochReason };

/**
 * Ends logs that contradict what was signed of them and begins the next epoch of each: a new log under a new name, whose
 * first entry quotes what was signed and what was found, with everything that survived behind it. Signing them is the
 * next round's. Throws Fault `bad_input` where nothing is wrong, or something else than was said.
 */
export async function beginEpochs(keeper: Keeper, order: EpochOrder): Promise<readonly Begun[]> {
  const clients = await inTurn(keeper, (tx, logs) => chosen(tx, logs, order));
  const begun: Begun[] = [];
  for (const client of clients)
    begun.push(
      await inTurn(keeper, (tx, logs) =>
        nextEpoch(tx, logs, { keeper, client, because: order.because }),
      ),
    );
  await inTurn(keeper, (_tx, logs) => replaceLostKey(logs));
  return begun;
}

async function chosen(
  tx: Sql,
  logs: Logs,
  { of, because }: EpochOrder,
): Promise<readonly (ClientId | null)[]> {
  const client = of === 'practice' ? null : of;
  const broken = (await allBroken(tx, logs, because)).filter(
    (one) => of === 'all' || one.client === client,
  );
  const [first] = broken;
  // The last one died between the logs and the key.
  if (first === undefined && isKeyLost(logs)) return [];
  if (first === undefined)
    throw new Fault(
      'bad_input',
      'Nothing is wrong there: what the database holds continues what was signed. A new epoch is for a record that cannot go on.',
    );
  const fitting = broken.filter((one) => one.because === because);
  if (fitting.length > 0) return [...new Set(fitting.map((one) => one.client))];
  throw new Fault(
    'bad_input',
    `Expected --because ${first.because}, for that is what was found, got --because ${because}. \`aios doctor\` says it in full.`,
  );
}

async function allBroken(tx: Sql, logs: Logs, because: EpochReason): Promise<readonly Broken[]> {
  if (isKeyLost(logs)) return signedClients(logs).map((client) => ({ client, because: 'lost' }));
  const plain = contradictions(logs).flatMap(({ signed, row, because: found }): Broken[] => {
    const client = signed === undefined ? row?.clientId : signed.client;
    return client === undefined ? [] : [{ client, because: found }];
  });
  if (plain.length > 0 || because !== 'rewritten') return plain;
  return deeplyBroken(tx, logs);
}

/** Whether no key is there to sign with, although something was signed. */
function isKeyLost(logs: Logs): boolean {
  const { keys } = logs;
  if (!wasSigned(logs)) return false;
  return keys.some((key) => key.state === 'missing') || !keys.some((key) => key.state === 'signs');
}

/** With the key lost every log that was signed needs a new one; those that already begin an epoch were not yet. */
function signedClients({ rows, signed }: Logs): readonly (ClientId | null)[] {
  return rows
    .filter((row) => !row.closed && (row.checked > 0 || signed.has(row.id)))
    .map((row) => row.clientId);
}

/** Looks at every leaf: at what a look at sizes and roots does not see. */
async function deeplyBroken(tx: Sql, logs: Logs): Promise<readonly Broken[]> {
  const broken: Broken[] = [];
  for (const row of logs.rows) {
    const file = logs.signed.get(row.id);
    if (row.closed || file?.is !== 'sound') continue;
    if (!(await holds(tx, row, file.signed)))
      broken.push({ client: row.clientId, because: 'rewritten' });
  }
  return broken;
}

async function holds(tx: Sql, row: LogRow, signed: Signed): Promise<boolean> {
  const { size } = signed.frontier;
  const then = await follow(tx, { ...row, size }, undefined);
  if (!then.root().equals(signed.root)) return false;
  const now = await follow(tx, row, signed);
  return now.root().equals(rootOf(unpackPeaks(row.size, row.peaks)));
}

async function replaceLostKey(logs: Logs): Promise<void> {
  if (!isKeyLost(logs) || signedClients(logs).length > 0) return;
  const { keys, place } = logs;
  for (const key of keys) if (key.state === 'missing') await retireLogKey(place, key);
  await makeLogKey(place, (keys.at(-1)?.generation ?? 0) + 1);
}
