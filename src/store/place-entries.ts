import { Fault } from '../core/fault.ts';
import type { ClientId, LogId } from '../core/id.ts';
import { growTree, packPeaks, unpackPeaks } from '../ledger/tree.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Sql } from './connect.ts';
import { practiceName } from './log-keys.ts';
import type { LedgerDeps, LogRow, Logs } from './look-logs.ts';

/** How many entries one transaction takes. */
export const BATCH = 20_000;

type Waiting = {
  readonly id: number;
  readonly clientId: ClientId | null;
  readonly leaf: Buffer;
};

/** A leaf to write. */
type Placed = { readonly log: LogId; readonly idx: number; readonly id: number };

/**
 * Gives what waits its place: each entry at the end of its client's log, those of one batch in the order in which they
 * were written. Only committed entries are seen, and each leaves the outbox in the transaction that gives it its place;
 * whatever commits later comes later, so nothing is skipped. Returns how many there were.
 */
export async function placeEntries(tx: Sql, logs: Logs, deps: LedgerDeps): Promise<number> {
  const waiting = await takeWaiting(tx);
  if (waiting.length === 0) return 0;
  const trees = new Map<LogId, Tree>();
  const placed: Placed[] = [];
  const open = openLogs(logs.rows);
  for (const { id, clientId, leaf } of waiting) {
    const log = open.get(clientId) ?? (await beginLog(tx, logs, { clientId, deps }));
    open.set(clientId, log);
    const tree = trees.get(log.id) ?? growTree(unpackPeaks(log.size, log.peaks));
    trees.set(log.id, tree);
    placed.push({ log: log.id, idx: tree.size(), id });
    tree.append(leaf);
  }
  await writeLeaves(tx, placed);
  await writeTrees(tx, trees);
  await tx`delete from ledger_pending where id = any(${waiting.map(({ id }) => id)})`;
  return waiting.length;
}

/** In two steps: an outbox that was long a moment ago makes Postgres read the whole record for a join with it. */
async function takeWaiting(tx: Sql): Promise<readonly Waiting[]> {
  const ids = await tx<{ id: number }[]>`select id from ledger_pending order by id limit ${BATCH}`;
  if (ids.length === 0) return [];
  return tx<Waiting[]>`
    select id, client_id, leaf from entry where id = any(${ids.map(({ id }) => id)}) order by id`;
}

function openLogs(rows: readonly LogRow[]): Map<ClientId | null, LogRow> {
  return new Map(rows.filter((row) => !row.closed).map((row) => [row.clientId, row]));
}

type Beginning = { readonly clientId: ClientId | null; readonly deps: LedgerDeps };

/** The first log of a client. Any later one is an epoch, which a person begins. */
async function beginLog(
  tx: Sql,
  { practice, rows }: Logs,
  { clientId, deps }: Beginning,
): Promise<LogRow> {
  const earlier = rows.find((row) => row.clientId === clientId);
  if (earlier !== undefined)
    throw new Fault(
      'conflict',
      `The log ${earlier.origin} is closed in this database and none follows it: somebody changed it by hand. Nothing is put into a log until the database that was signed is restored.`,
    );
  const id = deps.clock.newId<LogId>();
  const row = { id, clientId, epoch: 1, origin: originOf(practice, id), begunAt: deps.clock.now() };
  await insertLog(tx, row);
  return { ...row, closed: false, size: 0, peaks: Buffer.alloc(0), checked: 0 };
}

/** The name of a log, under which it is signed. */
export function originOf(practice: Logs['practice'], log: LogId): string {
  return `${practiceName(practice)}/log/${log}`;
}

type NewLog = Pick<LogRow, 'id' | 'clientId' | 'epoch' | 'origin' | 'begunAt'>;

/** Writes a new log; `closedAt` for one that only the signed files still know. */
export async function insertLog(tx: Sql, log: NewLog, closedAt?: number): Promise<void> {
  const { id, clientId, epoch, origin, begunAt } = log;
  await tx`insert into log ${tx({
    id,
    client_id: clientId,
    epoch,
    origin,
    begun_at: begunAt,
    closed_at: closedAt ?? null,
  })}`;
}

async function writeLeaves(tx: Sql, placed: readonly Placed[]): Promise<void> {
  await tx`
    insert into leaf (log_id, idx, entry_id)
    select * from unnest(${placed.map(({ log }) => log)}::uuid[],
      ${placed.map(({ idx }) => idx)}::bigint[], ${placed.map(({ id }) => id)}::bigint[])`;
}

/** Notes how far trees have grown. */
export async function writeTrees(tx: Sql, trees: ReadonlyMap<LogId, Tree>): Promise<void> {
  const rows = [...trees].map(([log_id, tree]) => ({
    log_id,
    size: tree.size(),
    peaks: packPeaks(tree.frontier()),
  }));
  await tx`
    insert into tree ${tx(rows)}
    on conflict (log_id) do update set size = excluded.size, peaks = excluded.peaks`;
}
