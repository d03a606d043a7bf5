import type { LogId } from '../core/id.ts';
import { leafHash } from '../ledger/hash.ts';
import type { Finding } from '../ledger/history.ts';
import { growTree, packPeaks } from '../ledger/tree.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Sql } from './connect.ts';
import { copyOut } from './copy-out.ts';
import type { Block } from './copy-out.ts';
import type { LogRow } from './look-logs.ts';
import { COLUMNS_SQL } from './verify-columns.ts';
import { MARKS } from './verify-judge.ts';
import type { Judge, Page, Told } from './verify-judge.ts';
import { pointsOf } from './verify-points.ts';
import { watchRoots } from './verify-roots.ts';
import type { Roots } from './verify-roots.ts';
import type { LogVerdict, Trust } from './verify-types.ts';

/** A log that was read to its end, with what waits to go into it. */
export type LogRead = {
  readonly verdict: LogVerdict;
  readonly told: Told;
  readonly waiting: number;
  readonly findings: readonly Finding[];
};

type Reading = { readonly trust: Trust; readonly judge: Judge };

/**
 * Reads a log from its first entry on: hashes the bytes, grows the tree, holds it against everything that was signed, and
 * has each entry judged. Nothing else may be asked of `tx` meanwhile.
 */
export async function readLog(tx: Sql, log: LogRow, { trust, judge }: Reading): Promise<LogRead> {
  const known = await pointsOf(tx, log, trust);
  const roots = watchRoots(log.origin, known.points);
  const tree = growTree();
  const findings: Finding[] = [...known.findings];
  const tell = (place: string, says: string): void => {
    if (findings.length < MOST)
      findings.push({ place: `log ${log.origin}, ${place}`, level: 'fault', says });
  };
  let apart = 0;
  for await (const block of copyOut(tx, leavesOf(log.id), FIELDS)) {
    const first = tree.size();
    apart = grow(block, { tree, roots, tell }, apart);
    await judge.page(pageOf(block, { first, isWaiting: false }));
  }
  const waiting = log.closed ? 0 : await readWaiting(tx, judge, { log, first: tree.size() });
  const told = await judge.end();
  const held = roots.end(tree);
  compareTree(log, tree, tell);
  const of = (sort: string): number => held.right.filter((point) => point.sort === sort).length;
  return {
    verdict: {
      log,
      size: tree.size(),
      root: tree.root().toString('hex'),
      checkpoints: of('row'),
      anchors: of('anchor'),
    },
    told,
    waiting,
    findings: [...findings, ...held.findings, ...told.findings.map((one) => within(log, one))],
  };
}

const MOST = 1_000;

function within({ origin }: LogRow, finding: Finding): Finding {
  return { ...finding, place: `log ${origin}, ${finding.place}` };
}

/** idx, leaf, columns, time, bytes. */
const FIELDS = 5;

/** In the order of the log; a place without an entry comes with nulls. */
function leavesOf(log: LogId): string {
  return `select l.idx, e.leaf, ${COLUMNS_SQL}, e.at, e.body
    from leaf l left join entry e on e.id = l.entry_id where l.log_id = '${log}' order by l.idx`;
}

type Growing = {
  readonly tree: Tree;
  readonly roots: Roots;
  readonly tell: Tell;
};
type Tell = (place: string, says: string) => void;

/** Adds the entries of a block to the tree, each by its bytes. `apart` is how far indices and places were apart before. */
function grow(block: Block, { tree, roots, tell }: Growing, apart: number): number {
  const bytes = Buffer.from(block.bytes.buffer);
  let gap = apart;
  for (let row = 0; row < block.rows; row += 1) {
    const part = (field: number): Buffer => fieldOf(bytes, block, { row, field });
    const index = tree.size();
    const now = Number(part(0).readBigInt64BE()) - index;
    if (now !== gap) tell(`entry ${index}`, misplaced(index, index + now));
    gap = now;
    const hash = leafHash(part(4));
    if (!hash.equals(part(1))) tell(`entry ${index}`, wrongLeaf(hash, part(1)));
    tree.append(hash);
    roots.grown(tree);
  }
  return gap;
}

type Field = { readonly row: number; readonly field: number };

/** The bytes of a field; none for null. */
function fieldOf(bytes: Buffer, { marks }: Block, { row, field }: Field): Buffer {
  const at = (row * FIELDS + field) * 2;
  const from = marks[at] ?? -1;
  return from === -1 ? bytes.subarray(0, 0) : bytes.subarray(from, marks[at + 1]);
}

function misplaced(expected: number, found: number): string {
  return `expected the index ${expected}, got ${found}: ${found > expected ? 'an entry is missing before it' : 'it stands here twice'}`;
}

function wrongLeaf(hash: Buffer, found: Buffer): string {
  if (found.length === 0) return 'expected an entry in this place, got none: it was deleted';
  return `expected the leaf hash ${hash.toString('hex')} of its bytes, got ${found.toString('hex')}`;
}

function pageOf({ bytes, marks, rows }: Block, of: Pick<Page, 'first' | 'isWaiting'>): Page {
  const own = new Int32Array(rows * MARKS);
  for (let row = 0; row < rows; row += 1) {
    const at = row * FIELDS * 2;
    own.set(
      [
        marks[at + 4] ?? -1,
        marks[at + 5] ?? -1,
        marks[at + 6] ?? -1,
        marks[at + 8] ?? -1,
        marks[at + 9] ?? -1,
      ],
      row * MARKS,
    );
  }
  return { bytes, marks: own, ...of };
}

type Waiting = { readonly log: Pick<LogRow, 'clientId'>; readonly first: number };

/** What has no place in a log yet is judged too, in the order in which it was written; gives how much there was. */
export async function readWaiting(tx: Sql, judge: Judge, { log, first }: Waiting): Promise<number> {
  const of = log.clientId === null ? 'is null' : `= '${log.clientId}'`;
  const query = `select 0::bigint, e.leaf, ${COLUMNS_SQL}, e.at, e.body
    from ledger_pending p join entry e on e.id = p.id where e.client_id ${of} order by p.id`;
  let rows = 0;
  for await (const block of copyOut(tx, query, FIELDS)) {
    await judge.page(pageOf(block, { first: first + rows, isWaiting: true }));
    rows += block.rows;
  }
  return rows;
}

/** What the database says of how far the log has grown. */
function compareTree(log: LogRow, tree: Tree, tell: Tell): void {
  if (log.size !== tree.size())
    tell('its tree', `expected the size ${tree.size()} as there are entries, got ${log.size}`);
  const peaks = packPeaks(tree.frontier());
  if (!peaks.equals(log.peaks)) tell('its tree', 'expected the peaks of its entries, got others');
}
