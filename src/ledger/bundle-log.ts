import type { Moment } from '../core/moment.ts';
import { fault } from './bundle-files.ts';
import { sentence } from './bundle-keys.ts';
import type { Checkpoint } from './checkpoint.ts';
import { leafHash } from './hash.ts';
import type { Finding } from './history.ts';
import { readHistory } from './history.ts';
import { readEntry } from './read.ts';
import type { Entry } from './read.ts';
import { MAX_ENTRY_BYTES } from './seal.ts';
import { misshapenEntry } from './shape.ts';
import { sumUp } from './sums.ts';
import type { Span, Sums } from './sum-types.ts';
import { growTree } from './tree.ts';

/** What the entries of a bundle come to. */
export type Log = {
  readonly size: number;
  readonly root: Buffer;
  /** The roots over the first entries, for the sizes that were asked for. */
  readonly roots: ReadonlyMap<number, Buffer>;
  /** Every rule the entries name. */
  readonly rules: ReadonlySet<string>;
  readonly sums: Sums;
  /** Statements that were made before. */
  readonly exports: number;
  /** When the earliest and the latest of its entries were written; null for an empty log. */
  readonly firstAt: Moment | null;
  readonly lastAt: Moment | null;
  /** Entries that began this log anew after a restored database. */
  readonly restored: readonly { readonly index: number; readonly entry: Entry }[];
  /** Roots over the first entries beside those of `restored`, by how many there were. */
  readonly findings: readonly Finding[];
};

export type LogNeeds = {
  readonly span: Span;
  /** Sizes whose roots will be asked for. */
  readonly sizes: ReadonlySet<number>;
};

const NEWLINE = 0x0a;
/** After so many one does not learn more from the next. */
const MOST_FINDINGS = 100;

/** Reads entries.jsonl line by line: every byte goes into the tree, every entry into history and sums. */
export function readLog(bytes: Uint8Array, { span, sizes }: LogNeeds): Log {
  const tree = growTree();
  const entries = readEntries(span);
  const roots = new Map<number, Buffer>();
  const keep = (): void => {
    if (sizes.has(tree.size())) roots.set(tree.size(), tree.root());
  };
  keep();
  for (const line of linesOf(bytes)) {
    entries.take(line, tree.size());
    tree.append(leafHash(line));
    keep();
  }
  const { findings, ...told } = entries.end();
  const isCut = bytes.length > 0 && bytes.at(-1) !== NEWLINE;
  const says = 'expected the last line to end, got none of its end';
  return {
    size: tree.size(),
    root: tree.root(),
    roots,
    ...told,
    findings: isCut ? [...findings, fault(`entries.jsonl:${tree.size()}`, says)] : findings,
  };
}

/** Everything of a log that its entries say, apart from the bytes they are. */
function readEntries(span: Span) {
  const history = readHistory();
  const summing = sumUp(span);
  const findings: Finding[] = [];
  const restored: { index: number; entry: Entry }[] = [];
  let [firstAt, lastAt]: [Moment | null, Moment | null] = [null, null];
  return {
    take(line: Uint8Array, index: number): void {
      const entry = entryIn(line, index, findings);
      // What follows is only asked what a sound entry may say.
      if (entry === null) return;
      findings.push(...history.take(entry, index).map((one) => inFile(one, index)));
      summing.take(entry);
      if (firstAt === null || entry.at < firstAt) firstAt = entry.at;
      if (lastAt === null || entry.at > lastAt) lastAt = entry.at;
      if (entry.type === 'log.restored') restored.push({ index, entry });
    },
    end: () => ({
      rules: history.rules(),
      sums: summing.end(),
      exports: summing.exports(),
      firstAt,
      lastAt,
      restored,
      findings: cut([...findings, ...history.end()]),
    }),
  };
}

/** Whether the entries are what was signed. */
export function compareLog(log: Log, signed: Checkpoint): readonly Finding[] {
  if (log.size !== signed.size)
    return [
      fault(
        'entries.jsonl',
        `expected ${signed.size} entries as the checkpoint says, got ${log.size}: some were ${log.size < signed.size ? 'taken away' : 'added'}`,
      ),
    ];
  if (log.root.equals(signed.root)) return [];
  return [
    fault(
      'entries.jsonl',
      `expected the root ${signed.root.toString('hex')} as the checkpoint says, got ${log.root.toString('hex')}: an entry was changed or moved`,
    ),
  ];
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  while (from < bytes.length) {
    const found = bytes.indexOf(NEWLINE, from);
    const to = found === -1 ? bytes.length : found;
    yield bytes.subarray(from, to);
    from = to + 1;
  }
}

function entryIn(line: Uint8Array, index: number, findings: Finding[]): Entry | null {
  const place = `entries.jsonl:${index + 1}`;
  try {
    if (line.length > MAX_ENTRY_BYTES)
      throw new Error(`an entry has at most ${MAX_ENTRY_BYTES} bytes`);
    const entry = readEntry(line);
    const wrong = misshapenEntry(entry);
    if (wrong === undefined) return entry;
    findings.push(fault(place, wrong));
    return null;
  } catch (thrown) {
    findings.push(fault(place, `this line is no entry: ${sentence(thrown)}`));
    return null;
  }
}

function inFile(finding: Finding, index: number): Finding {
  return { ...finding, place: `entries.jsonl:${index + 1}: ${finding.place}` };
}

function cut(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_FINDINGS) return findings;
  const rest = findings.length - MOST_FINDINGS;
  return [...findings.slice(0, MOST_FINDINGS), fault('entries.jsonl', `${rest} more like these`)];
}
