import type { Moment } from '../core/moment.ts';
import { fault } from './bundle-files.ts';
import { sentence } from './bundle-keys.ts';
import type { Checkpoint } from './checkpoint.ts';
import { numberIn, textIn } from './data.ts';
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
  /** The roots over the first entries, hex, for the sizes that were asked for. */
  readonly roots: ReadonlyMap<number, string>;
  /** Every rule the entries name. */
  readonly rules: ReadonlySet<string>;
  readonly sums: Sums;
  /** Statements that were made before. */
  readonly exports: number;
  /** When the earliest and the latest of its entries were written; null for an empty log. */
  readonly firstAt: Moment | null;
  readonly lastAt: Moment | null;
  /** Logs of older epochs whose entries go on in this one. */
  readonly before: readonly Older[];
  readonly findings: readonly Finding[];
};

/**
 * A log that was ended, after a restored database or for another reason: the entry log.restored says where it stood, and
 * what survived of it stands right behind that entry.
 */
export type Older = {
  readonly origin: string;
  readonly because: string;
  readonly signed: { readonly size: number; readonly root: string };
  readonly found: { readonly size: number; readonly root: string };
  /** Roots over the first entries that survived, for the sizes that were asked for and for all that were found. */
  readonly roots: ReadonlyMap<number, string>;
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
  const tree = keepRoots(sizes);
  const entries = readEntries(span);
  const before: (Older & { readonly add: (leaf: Buffer) => void })[] = [];
  for (const line of linesOf(bytes)) {
    const leaf = leafHash(line);
    const entry = entries.take(line, tree.size());
    tree.add(leaf);
    for (const older of before) older.add(leaf);
    if (entry?.type === 'log.restored') before.push(olderIn(entry, sizes));
  }
  const { findings, ...told } = entries.end();
  const isCut = bytes.length > 0 && bytes.at(-1) !== NEWLINE;
  const says = 'expected the last line to end, got none of its end';
  return {
    size: tree.size(),
    root: tree.root(),
    roots: tree.roots,
    ...told,
    before,
    findings: [
      ...findings,
      ...(isCut ? [fault(`entries.jsonl:${tree.size()}`, says)] : []),
      ...before.flatMap(notFound),
    ],
  };
}

/** A tree that remembers its root at these sizes, hex. */
function keepRoots(sizes: ReadonlySet<number>) {
  const tree = growTree();
  const roots = new Map<number, string>();
  const keep = (): void => {
    if (sizes.has(tree.size())) roots.set(tree.size(), tree.root().toString('hex'));
  };
  keep();
  return {
    roots,
    size: () => tree.size(),
    root: () => tree.root(),
    add: (leaf: Buffer): void => {
      tree.append(leaf);
      keep();
    },
  };
}

function olderIn({ data }: Entry, sizes: ReadonlySet<number>) {
  const found = { size: numberIn(data, 'found_size') ?? 0, root: textIn(data, 'found_root') ?? '' };
  const { roots, add } = keepRoots(new Set([...sizes, found.size]));
  return {
    origin: textIn(data, 'origin') ?? '',
    because: textIn(data, 'because') ?? '',
    signed: { size: numberIn(data, 'signed_size') ?? 0, root: textIn(data, 'signed_root') ?? '' },
    found,
    roots,
    add,
  };
}

/** What a new epoch says it goes on with must stand there. */
function notFound({ origin, found, roots }: Older): readonly Finding[] {
  const got = roots.get(found.size) ?? 'none';
  if (got === found.root) return [];
  const says = `expected the ${found.size} entries that survived of ${origin}, root ${found.root}, got root ${got}`;
  return [fault('entries.jsonl', says)];
}

/** Everything of a log that its entries say, apart from the bytes they are. */
function readEntries(span: Span) {
  const history = readHistory();
  const summing = sumUp(span);
  const findings: Finding[] = [];
  let [firstAt, lastAt]: [Moment | null, Moment | null] = [null, null];
  return {
    take(line: Uint8Array, index: number): Entry | null {
      const entry = entryIn(line, index, findings);
      // What follows is only asked what a sound entry may say.
      if (entry === null) return null;
      findings.push(...history.take(entry, index).map((one) => inFile(one, index)));
      summing.take(entry);
      if (firstAt === null || entry.at < firstAt) firstAt = entry.at;
      if (lastAt === null || entry.at > lastAt) lastAt = entry.at;
      return entry;
    },
    end: () => ({
      rules: history.rules(),
      sums: summing.end(),
      exports: summing.exports(),
      firstAt,
      lastAt,
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
