import { sentenceOf } from '../core/fault.ts';
import { placeOf, readHistory } from '../ledger/history.ts';
import type { Finding, RuleSetsNamed, TaskEnd } from '../ledger/history.ts';
import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import { columnsText, wrongColumn } from './verify-columns.ts';

/** Entries of a log in their order, as the database has them, to be judged one by one. */
export type Page = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For each entry where in them its typed columns begin and end, its time begins, and its bytes begin and end. */
  readonly marks: Int32Array<ArrayBuffer>;
  /** The index of the first. */
  readonly first: number;
  /** They have no place in a log yet. */
  readonly isWaiting: boolean;
};
export const MARKS = 5;

/** What a log tells when it was read to its end. */
export type Told = {
  readonly findings: readonly Finding[];
  readonly rules: readonly string[];
  readonly texts: readonly string[];
  /** Rule sets: under which entries were written, which were accepted, and which of these are kept whole. */
  readonly ruleSets: {
    readonly named: readonly string[];
    readonly accepted: readonly string[];
    readonly kept: readonly string[];
  };
  readonly tasks: readonly TaskEnd[];
  /** What its first entry says of the log before it, where it begins an epoch. */
  readonly restored: Entry['data'] | null;
};

/** Judges a log by its bytes: each entry by itself, its columns by it, and all by what came before. */
export type Judge = {
  /** Takes the next entries. */
  page(page: Page): Promise<void>;
  end(): Promise<Told>;
};

/** After so many one does not learn more from the next. */
const MOST_FINDINGS = 1_000;

/** A judge in this thread. `client` is whose log it is, null for the practice's own. */
export function makeJudge(client: string | null): Judge {
  const history = readHistory(client);
  const findings: Finding[] = [];
  let restored: Entry['data'] | null = null;
  const tell = (found: readonly Finding[]): void => {
    for (const one of found) if (findings.length < MOST_FINDINGS) findings.push(one);
  };
  return {
    page: async (page) => {
      const bytes = Buffer.from(page.bytes.buffer);
      for (let n = 0; n * MARKS < page.marks.length; n += 1) {
        const row = rowAt(bytes, page, n);
        const entry = entryIn(row);
        if (!('id' in entry)) tell([entry]);
        else {
          const wrong = besides(entry, row);
          if (wrong !== undefined) tell([fault(nameOf(entry, row), wrong)]);
          if (row.index === 0 && entry.type === 'log.restored') restored = entry.data;
          tell(inLog(history.take(entry, row.index), row));
        }
      }
    },
    end: async () => ({
      findings: [...findings, ...history.end()],
      rules: [...history.rules()],
      texts: [...history.texts()],
      ruleSets: listed(history.ruleSets()),
      tasks: history.tasks(),
      restored,
    }),
  };
}

/** What crosses to another thread as it is. */
function listed({ named, accepted, kept }: RuleSetsNamed): Told['ruleSets'] {
  return { named: [...named], accepted: [...accepted], kept: [...kept] };
}

type Row = {
  readonly columns: Buffer;
  readonly at: number;
  readonly body: Buffer;
  readonly index: number;
  readonly isWaiting: boolean;
};

function rowAt(bytes: Buffer, { marks, first, isWaiting }: Page, n: number): Row {
  const from = n * MARKS;
  const mark = (of: number): number => marks[from + of] ?? 0;
  return {
    columns: bytes.subarray(mark(0), mark(1)),
    at: timeAt(bytes, mark(2)),
    body: bytes.subarray(mark(3), mark(4)),
    index: first + n,
    isWaiting,
  };
}

/** Where the time of Postgres begins, epoch ms. */
const YEAR_2000 = Date.UTC(2000, 0, 1);

/** Postgres sends microseconds since the year 2000, in eight bytes; where there is no entry, nothing. */
function timeAt(bytes: Buffer, from: number): number {
  if (from < 0) return Number.NaN;
  return (bytes.readInt32BE(from) * 2 ** 32 + bytes.readUInt32BE(from + 4)) / 1_000 + YEAR_2000;
}

function entryIn(row: Row): Entry | Finding {
  try {
    return readEntry(row.body);
  } catch (thrown) {
    const place = row.isWaiting ? WAITING : `entry ${row.index}`;
    return fault(place, `expected the bytes of an entry, got others: ${sentenceOf(thrown)}`);
  }
}

/** What stands beside the bytes and is not what they say. */
function besides(entry: Entry, { columns, at }: Row): string | undefined {
  if (at !== entry.at)
    return `expected the column at to say ${entry.at} as the bytes do, got ${at}`;
  const found = columns.toString('utf8');
  return found === columnsText(entry) ? undefined : wrongColumn(entry, found);
}

const WAITING = 'an entry that waits for its log';

function nameOf(entry: Entry, { index, isWaiting }: Row): string {
  return isWaiting ? `${WAITING}, ${entry.type} ${entry.id}` : placeOf(entry, index);
}

/** An entry that waits has no index yet. */
function inLog(found: readonly Finding[], { isWaiting }: Row): readonly Finding[] {
  if (!isWaiting) return found;
  return found.map((one) => ({ ...one, place: one.place.replace(/^entry \d+/, WAITING) }));
}

function fault(place: string, says: string): Finding {
  return { place, level: 'fault', says };
}
