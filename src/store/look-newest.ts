import { sentenceOf } from '../core/fault.ts';
import { wrongShape } from '../ledger/check-shape.ts';
import { leafHash } from '../ledger/hash.ts';
import { placeOf, readHistory } from '../ledger/history.ts';
import type { Finding } from '../ledger/history.ts';
import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import { growTree } from '../ledger/tree.ts';
import type { Frontier } from '../ledger/tree.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';
import type { LogRow, Logs } from './look-logs.ts';
import { COLUMNS_SQL, columnsText, wrongColumn } from './verify-columns.ts';

/** What was looked at: so many entries, and so many of them held against what was signed. */
export type Newest = {
  readonly entries: number;
  readonly signed: number;
  /** Faults alone. */
  readonly findings: readonly Finding[];
};

/** How many entries of each log are looked at. */
export type Reach = {
  /** At least so many, where there are as many. */
  readonly least: number;
  /** No signed tree of more is hashed to get there: it should take no longer in an old practice than in a young one. */
  readonly most: number;
};

const REACH: Reach = { least: 500, most: 16_384 };

/**
 * Looks at the newest entries of every log that goes on: the bytes of each and the columns beside them, and what was
 * signed of them, as far as that can be told without reading what is older. Where this is the whole log, everything that
 * always holds is looked at too. `sql` may read every table.
 */
export async function lookAtNewest(
  sql: Sql,
  { rows, signed }: Pick<Logs, 'rows' | 'signed'>,
  far: Reach = REACH,
): Promise<Newest> {
  const looked: Newest[] = [];
  for (const log of rows.filter(({ closed }) => !closed)) {
    const file = signed.get(log.id);
    const frontier = file?.is === 'sound' ? file.signed.frontier : { size: 0, peaks: [] };
    looked.push(await reach(() => lookAtLog(sql, log, { frontier, far })));
  }
  const sum = (of: 'entries' | 'signed'): number => looked.reduce((n, one) => n + one[of], 0);
  return {
    entries: sum('entries'),
    signed: sum('signed'),
    findings: looked.flatMap(({ findings }) => findings),
  };
}

type Row = {
  readonly idx: number;
  readonly body: Buffer | null;
  readonly columns: string;
  readonly at: number | null;
};

type Asked = { readonly frontier: Frontier; readonly far: Reach };

async function lookAtLog(sql: Sql, log: LogRow, { frontier, far }: Asked): Promise<Newest> {
  const trees = treesAtEnd(frontier, far);
  const covered = trees.reduce((sum, { size }) => sum + size, 0);
  const from = Math.max(0, frontier.size - Math.max(covered, far.least));
  const rows = await sql<Row[]>`
    select l.idx, e.body, ${sql.unsafe(COLUMNS_SQL)} as columns, e.at
    from leaf l left join entry e on e.id = l.entry_id
    where l.log_id = ${log.id} and l.idx >= ${from} order by l.idx limit ${2 * (far.least + far.most)}`;
  const entries = rows.map(readRow);
  const findings = [
    ...missingFrom(rows, { from, to: frontier.size }),
    ...entries.flatMap(({ wrong }) => wrong ?? []),
    ...trees.flatMap((tree) => wrongTree(rows, tree)),
    ...(from === 0 ? wrongHistory(log, entries) : []),
  ];
  return {
    entries: rows.length,
    signed: rows.filter(({ idx }) => idx >= frontier.size - covered && idx < frontier.size).length,
    findings: findings.map((one) => ({ ...one, place: `log ${log.origin}, ${one.place}` })),
  };
}

/** A full tree over some entries of a log, of which the root was signed. */
type Signed = { readonly from: number; readonly size: number; readonly root: Buffer };

/**
 * A signed log is full trees side by side, the smaller ones behind: the last of them can be hashed without the others.
 * As many as are needed to have seen the least, as far as there is not too much in them.
 */
function treesAtEnd({ size, peaks }: Frontier, { least, most }: Reach): readonly Signed[] {
  const trees: Signed[] = [];
  let [from, width] = [size, 1];
  for (const root of peaks.toReversed()) {
    while (Math.floor(from / width) % 2 === 0) width *= 2;
    if (size - from >= least || width > most) break;
    from -= width;
    trees.push({ from, size: width, root });
  }
  return trees;
}

function wrongTree(rows: readonly Row[], { from, size, root }: Signed): readonly Finding[] {
  const tree = growTree();
  for (const { idx, body } of rows)
    if (idx >= from && idx < from + size && body !== null) tree.append(leafHash(body));
  if (tree.size() !== size || tree.root().equals(root)) return [];
  const place = size === 1 ? `entry ${from}` : `entry ${from} to ${from + size - 1}`;
  return [fault(place, 'expected the entries that were signed, got others')];
}

type Bounds = { readonly from: number; readonly to: number };

/** What was signed and has no leaf any more, or no entry. */
function missingFrom(rows: readonly Row[], { from, to }: Bounds): readonly Finding[] {
  const there = new Set(rows.flatMap(({ idx, body }) => (body === null ? [] : idx)));
  const gone: Finding[] = [];
  for (let index = from; index < to; index += 1)
    if (!there.has(index))
      gone.push(fault(`entry ${index}`, 'expected an entry in this place, got none'));
  return gone;
}

type Looked = { readonly index: number; readonly entry?: Entry; readonly wrong?: Finding };

function readRow({ idx, body, columns, at }: Row): Looked {
  if (body === null) return { index: idx };
  try {
    const entry = readEntry(body);
    const wrong = wrongShape(entry) ?? wrongBeside(entry, columns, at);
    return { index: idx, entry, ...(wrong && { wrong: fault(placeOf(entry, idx), wrong) }) };
  } catch (thrown) {
    const says = `expected the bytes of an entry, got others: ${sentenceOf(thrown)}`;
    return { index: idx, wrong: fault(`entry ${idx}`, says) };
  }
}

function wrongBeside(entry: Entry, columns: string, at: number | null): string | undefined {
  if (at !== entry.at) return 'expected the column at to say what the bytes say, got another time';
  return columns === columnsText(entry) ? undefined : wrongColumn(entry, columns);
}

/** The invariants that need what came before, where that is all there; what stands out by itself is told already. */
function wrongHistory(log: LogRow, looked: readonly Looked[]): readonly Finding[] {
  const history = readHistory(log.clientId);
  return looked.flatMap(({ entry, index, wrong }) => {
    const found = entry === undefined ? [] : history.take(entry, index);
    return wrong === undefined ? found.filter(({ level }) => level === 'fault') : [];
  });
}

function fault(place: string, says: string): Finding {
  return { place, level: 'fault', says };
}
