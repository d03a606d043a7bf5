import type { LogId } from '../core/id.ts';
import { leafHash } from '../ledger/hash.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Sql } from './connect.ts';
import { copyOut } from './copy-out.ts';
import type { Block } from './copy-out.ts';
import type { LogRow } from './look-logs.ts';
import { COLUMNS_SQL } from './verify-columns.ts';
import { MARKS } from './verify-judge.ts';
import type { Judge, Page } from './verify-judge.ts';
import type { Roots } from './verify-roots.ts';

/** Says what is wrong where in a log. */
export type Tell = (place: string, says: string) => void;

type Reading = {
  readonly tree: Tree;
  readonly roots: Roots;
  readonly judge: Judge;
  readonly tell: Tell;
};

/** Leaf number, leaf hash, columns, time, bytes. */
const IDX = 0;
const LEAF = 1;
const COLUMNS = 2;
const AT = 3;
const BODY = 4;
const FIELDS = 5;
const PARTS = `e.leaf, ${COLUMNS_SQL}, e.at, e.body`;

/** Reads the leaves of a log: each is hashed by its bytes, added to the tree, and its entry judged. */
export async function readLeaves(tx: Sql, log: LogId, reading: Reading): Promise<void> {
  // In the order of the log; a place without an entry comes with nulls.
  const query = `select l.idx, ${PARTS} from leaf l left join entry e on e.id = l.entry_id
    where l.log_id = '${log}' order by l.idx`;
  let apart = 0;
  for await (const block of copyOut(tx, query, FIELDS)) {
    const first = reading.tree.size();
    const { marks, gap } = grow(block, reading, apart);
    apart = gap;
    await reading.judge.page({ bytes: block.bytes, marks, first, isWaiting: false });
  }
}

type Waiting = { readonly log: Pick<LogRow, 'clientId'>; readonly first: number };

/** What has no place in a log yet is judged too, in the order in which it was written; gives how much there was. */
export async function readWaiting(tx: Sql, judge: Judge, { log, first }: Waiting): Promise<number> {
  const of = log.clientId === null ? 'is null' : `= '${log.clientId}'`;
  const query = `select 0::bigint, ${PARTS} from ledger_pending p join entry e on e.id = p.id
    where e.client_id ${of} order by p.id`;
  let rows = 0;
  for await (const block of copyOut(tx, query, FIELDS)) {
    const marks = roomFor(block);
    for (let row = 0; row < block.rows; row += 1) mark(marks, row, { block, row });
    await judge.page({ bytes: block.bytes, marks, first: first + rows, isWaiting: true });
    rows += block.rows;
  }
  return rows;
}

type Grown = {
  readonly marks: Page['marks'];
  /** How far the numbers of leaves and their places are apart at the end. */
  readonly gap: number;
};

/** Adds the entries of a block to the tree. A leaf without an entry is told, and is none. */
function grow(block: Block, { tree, roots, tell }: Reading, apart: number): Grown {
  const bytes = Buffer.from(block.bytes.buffer);
  const marks = roomFor(block);
  const first = tree.size();
  let gap = apart;
  for (let row = 0; row < block.rows; row += 1) {
    const part = (field: number): Buffer => fieldOf(bytes, block, { row, field });
    const index = tree.size();
    const now = Number(part(IDX).readBigInt64BE()) - index;
    const hash = leafHash(part(BODY));
    const says = misplaced(index, now, gap) ?? wrongLeaf(hash, part(LEAF));
    if (says !== undefined) tell(`entry ${index}`, says);
    gap = now;
    if (part(LEAF).length === 0) continue;
    mark(marks, index - first, { block, row });
    tree.append(hash);
    roots.grown(tree);
  }
  return { marks: marks.slice(0, (tree.size() - first) * MARKS), gap };
}

type Field = { readonly row: number; readonly field: number };

/** The bytes of a field; none for null. */
function fieldOf(bytes: Buffer, { marks }: Block, { row, field }: Field): Buffer {
  const at = (row * FIELDS + field) * 2;
  const from = marks[at] ?? -1;
  return from === -1 ? bytes.subarray(0, 0) : bytes.subarray(from, marks[at + 1]);
}

/** Told where it begins: what stands behind a gap is as far apart as the gap is wide. */
function misplaced(index: number, now: number, before: number): string | undefined {
  if (now === before) return undefined;
  const says = now > before ? 'one is missing before it' : 'it stands here twice';
  return `expected the index ${index + before}, got ${index + now}: ${says}`;
}

function wrongLeaf(hash: Buffer, found: Buffer): string | undefined {
  if (hash.equals(found)) return undefined;
  if (found.length === 0) return 'expected an entry in this place, got none: it was deleted';
  return `expected the leaf hash ${hash.toString('hex')} of its bytes, got ${found.toString('hex')}`;
}

function roomFor({ rows }: Block): Page['marks'] {
  return new Int32Array(rows * MARKS);
}

/** Marks for the judge where the columns, the time and the bytes of a row are. */
function mark(
  marks: Page['marks'],
  at: number,
  { block, row }: { block: Block; row: number },
): void {
  const of = (field: number): number => (row * FIELDS + field) * 2;
  const from = at * MARKS;
  marks[from] = block.marks[of(COLUMNS)] ?? -1;
  marks[from + 1] = block.marks[of(COLUMNS) + 1] ?? -1;
  marks[from + 2] = block.marks[of(AT)] ?? -1;
  marks[from + 3] = block.marks[of(BODY)] ?? -1;
  marks[from + 4] = block.marks[of(BODY) + 1] ?? -1;
}
