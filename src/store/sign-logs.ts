import type { LogId } from '../core/id.ts';
import { signCheckpoint } from '../ledger/checkpoint.ts';
import { growTree, rootOf, unpackPeaks } from '../ledger/tree.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Sql } from './connect.ts';
import { refusal } from './contradiction.ts';
import { makeLogKey, readLogKeys, signersOf, vkeysOf } from './log-keys.ts';
import type { LogKeys } from './log-keys.ts';
import type { LedgerDeps, LogRow, Logs } from './look-logs.ts';
import type { Signed } from './signed.ts';

/** Open logs whose state is not signed yet, or not noted as signed. */
export function unsigned({ rows, signed }: Logs): readonly LogRow[] {
  return rows.filter((row) => !row.closed && row.size > Math.min(sizeIn(signed, row), row.checked));
}

function sizeIn(signed: Logs['signed'], { id }: LogRow): number {
  const file = signed.get(id);
  return file?.is === 'sound' ? file.signed.frontier.size : 0;
}

/**
 * Signs every open log as it stands in this transaction's view, which holds committed entries only: first the file, then
 * the row. A crash in between leaves the file, from which the row is made again. The makers of keys take turns by the
 * lock of the sequencer, which the caller holds. Throws Fault `conflict` when the database does not continue what was
 * signed.
 */
export async function signLogs(tx: Sql, logs: Logs, { clock }: LedgerDeps): Promise<void> {
  const open = unsigned(logs);
  if (open.length === 0) return;
  if (logs.keys.length === 0) await makeLogKey(logs.place, 1);
  const keys = logs.keys.length === 0 ? await readLogKeys(logs.place) : logs.keys;
  for (const row of open) {
    const signed = await signOne(tx, { ...logs, keys }, row);
    const note = { log_id: row.id, size: row.size, note: signed.note, at: clock.now() };
    await tx`insert into checkpoint ${tx(note)} on conflict do nothing`;
  }
}

async function signOne(tx: Sql, logs: Logs, row: LogRow): Promise<Signed> {
  const before = logs.signed.get(row.id);
  const last = before?.is === 'sound' ? before.signed : undefined;
  if (last !== undefined && last.frontier.size === row.size) return last;
  const tree = await follow(tx, row, last);
  if (!tree.root().equals(rootOf(unpackPeaks(row.size, row.peaks))))
    throw refusal({
      because: 'rewritten',
      log: row.id,
      row,
      signed: last,
      says: strayed(row, last),
    });
  const signed = signedState(logs.keys, { row, tree, last });
  await logs.files.write(signed, before);
  return signed;
}

function strayed(row: LogRow, last: Signed | undefined): string {
  return `The log ${row.origin} was signed at ${last?.frontier.size ?? 0} entries, and what this database has from there on does not lead to the root it has at ${row.size}.`;
}

type Signing = { readonly row: LogRow; readonly tree: Tree; readonly last: Signed | undefined };

function signedState(keys: LogKeys, { row, tree, last }: Signing): Signed {
  const { id: log, origin, clientId: client, epoch, begunAt } = row;
  const signers = signersOf(keys, origin);
  const root = tree.root();
  const vkeys = new Set([...(last?.vkeys ?? []), ...signers.map(({ vkey }) => vkey)]);
  return {
    log,
    origin,
    client,
    epoch,
    begunAt,
    frontier: tree.frontier(),
    root,
    note: signCheckpoint({ origin, size: tree.size(), root }, signers),
    vkeys: vkeysOf(keys, origin).filter((vkey) => vkeys.has(vkey)),
    next: null,
  };
}

/**
 * The tree at the size the database has, grown from what was signed and not from what the database says of it: so a
 * rewriting of what stands before is never signed. From its beginning when nothing was signed.
 */
export async function follow(tx: Sql, row: LogRow, last: Signed | undefined): Promise<Tree> {
  const tree = growTree(last?.frontier);
  for (let page = PAGE; page === PAGE;) {
    const leaves = await leavesFrom(tx, row.id, { from: tree.size(), to: row.size });
    for (const leaf of leaves) tree.append(leaf);
    page = leaves.length;
  }
  return tree;
}

const PAGE = 50_000;

type Span = { readonly from: number; readonly to: number };

/** Leaf hashes of a log in order, at most a page of them: of the bytes as they are now. Ends before a gap. */
async function leavesFrom(tx: Sql, log: LogId, { from, to }: Span): Promise<readonly Buffer[]> {
  const rows = await tx<{ idx: number; leaf: Buffer }[]>`
    select l.idx, sha256('\\x00'::bytea || e.body) as leaf
    from leaf l join entry e on e.id = l.entry_id
    where l.log_id = ${log} and l.idx >= ${from} and l.idx < ${to} order by l.idx limit ${PAGE}`;
  const gap = rows.findIndex(({ idx }, at) => idx !== from + at);
  return rows.slice(0, gap === -1 ? rows.length : gap).map(({ leaf }) => leaf);
}
