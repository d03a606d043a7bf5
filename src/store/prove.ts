import { Fault } from '../core/fault.ts';
import type { LogId } from '../core/id.ts';
import { openCheckpoint } from '../ledger/checkpoint.ts';
import { inclusionProof } from '../ledger/proof.ts';
import { tlogProof } from '../ledger/tlog-proof.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { vkeysOf } from './log-keys.ts';
import { lookAtLogs } from './look-logs.ts';
import type { LedgerDeps, Logs } from './look-logs.ts';

type Place = { readonly logId: LogId; readonly idx: number; readonly origin: string };

/**
 * What proves one entry to an outsider who has its bytes and the verifier key (https://c2sp.org/tlog-proof): against the
 * latest checkpoint of the newest log it stands in. Hashes that whole log. Throws Fault `not_found` for an id that is
 * none, and `conflict` when nothing is signed yet that holds it.
 */
export async function proveEntry({ sql, folder }: LedgerDeps, id: string): Promise<string> {
  const logs = await reach(() => lookAtLogs(sql, folder));
  const place = logs === null ? undefined : await placeOf(sql, id);
  if (logs === null || place === undefined)
    throw new Fault(
      'not_found',
      `Expected the id of an entry that stands in a log, got "${id.slice(0, 40)}". \`aios log\` shows entries; one that was just written waits for its place: aios ledger sequence`,
    );
  const { note, size } = await checkpointOf(sql, logs, place);
  const leaves = await leavesOf(sql, place.logId, size);
  const root = inclusionProof(leaves, place.idx);
  return tlogProof({ index: place.idx, proof: root, checkpoint: note });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function placeOf(sql: Sql, id: string): Promise<Place | undefined> {
  if (!UUID.test(id)) return undefined;
  const [place] = await sql<Place[]>`
    select l.id as log_id, l.origin, p.idx from leaf p join log l on l.id = p.log_id
    join entry e on e.id = p.entry_id where e.entry_id = ${id} order by l.epoch desc limit 1`;
  return place;
}

/** The latest checkpoint of a log that holds the entry, if one of our keys signed it. */
async function checkpointOf(sql: Sql, { keys, signed }: Logs, place: Place) {
  const [row] = await sql<{ note: string; size: number }[]>`
    select note, size from checkpoint where log_id = ${place.logId} order by size desc limit 1`;
  const file = signed.get(place.logId);
  const last =
    file?.is === 'sound'
      ? { note: file.signed.note, size: file.signed.frontier.size }
      : (row ?? { note: '', size: 0 });
  if (last.size <= place.idx)
    throw new Fault(
      'conflict',
      'Nothing is signed yet that holds this entry. Sign it: aios ledger sequence',
    );
  openCheckpoint(last.note, vkeysOf(keys, place.origin));
  return last;
}

/** The leaf hashes below a size, from the bytes as they are now. */
async function leavesOf(sql: Sql, log: LogId, size: number): Promise<readonly Buffer[]> {
  const rows = await sql<{ leaf: Buffer }[]>`
    select sha256('\\x00'::bytea || e.body) as leaf from leaf l join entry e on e.id = l.entry_id
    where l.log_id = ${log} and l.idx < ${size} order by l.idx`;
  return rows.map(({ leaf }) => leaf);
}
