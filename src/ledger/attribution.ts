import { sha256 } from '../core/draft.ts';
import type { Authorship, Run, Share } from '../core/attribution.ts';
import type { EntryValue } from '../core/entry.ts';
import { canonical } from './canonical.ts';

/** An attribution as it is kept: its bytes, and their hash, which an entry names. */
export type Packed = { readonly bytes: Uint8Array; readonly sha256: string };

/** Who wrote what of one file, which is known by the id of its body. */
export type KeptFile = Authorship & { readonly body: string };
export type Kept = { readonly sources: readonly string[]; readonly files: readonly KeptFile[] };

const VERSION = 1;

/**
 * The bytes in which an attribution is kept: canonical JSON without a word of the texts, without names of files, and
 * without hashes of theirs, which would let whoever guesses an erased text know that he is right. A run is three
 * numbers (source, from, to), a share two (source, words). Files are in the order of the ids of their bodies.
 */
export function packAttribution({ sources, files }: Kept): Packed {
  const sorted = [...files].sort((a, b) => (a.body < b.body ? -1 : 1));
  const json = canonical({ v: VERSION, sources: [...sources], files: sorted.map(packed) });
  const bytes = new TextEncoder().encode(json);
  return { bytes, sha256: sha256(bytes) };
}

function packed(file: KeptFile): EntryValue {
  if (file.whole !== null) return { body: file.body, whole: file.whole };
  return {
    body: file.body,
    coarse: file.coarse,
    runs: file.runs.flatMap(({ source, from, to }) => [source, from, to]),
    shares: file.shares.flatMap(({ source, words }) => [source, words]),
  };
}

/**
 * Reads those bytes back. Throws Error when they are not canonical, or say anything that cannot be: a record that can
 * be written in two ways could be swapped unseen.
 */
export function readAttribution(bytes: Uint8Array): Kept {
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const wire = record(JSON.parse(json) as EntryValue);
  if (canonical(wire) !== json)
    throw new Error('the bytes of an attribution are not canonical JSON');
  only(wire, ['v', 'sources', 'files']);
  if (wire['v'] !== VERSION) throw new Error(`an attribution has version ${VERSION}`);
  const sources = list(wire['sources']).map(text);
  if (new Set(sources).size !== sources.length) throw new Error('a source stands there once');
  const files = list(wire['files']).map((file) => fileFrom(file, sources.length));
  if (files.some(({ body }, i) => i > 0 && body <= (files[i - 1]?.body ?? '')))
    throw new Error('the files of an attribution are in the order of their bodies');
  return { sources, files };
}

type Wire = { readonly [key: string]: EntryValue };

function fileFrom(value: EntryValue, sources: number): KeptFile {
  const wire = record(value);
  const body = text(wire['body']);
  if ('whole' in wire) {
    only(wire, ['body', 'whole']);
    return { body, runs: [], shares: [], whole: below(wire['whole'], sources), coarse: false };
  }
  only(wire, ['body', 'coarse', 'runs', 'shares']);
  const { coarse } = wire;
  if (typeof coarse !== 'boolean') throw new Error('expected coarse to be true or false');
  const runs = rows(wire['runs'], 3).map((row) => runFrom(row, sources));
  const shares = rows(wire['shares'], 2).map((row) => shareFrom(row, sources));
  inOrder(runs);
  if (new Set(shares.map(({ source }) => source)).size !== shares.length)
    throw new Error('a source has one share of a file');
  return { body, runs, shares, whole: null, coarse };
}

function runFrom([source, from, to]: readonly EntryValue[], sources: number): Run {
  return { source: below(source, sources), from: below(from, Infinity), to: below(to, Infinity) };
}

function shareFrom([source, words]: readonly EntryValue[], sources: number): Share {
  return { source: below(source, sources), words: below(words, Infinity) };
}

/** Runs follow one another, none is empty, and neighbours are not one source's. */
function inOrder(runs: readonly Run[]): void {
  let last: Run = { source: -1, from: 0, to: 0 };
  for (const run of runs) {
    if (run.from < last.to || run.to <= run.from || run.source === last.source)
      throw new Error('the runs of an attribution follow one another');
    last = run;
  }
}

/** A flat list of numbers as rows of so many. */
function rows(value: EntryValue | undefined, width: number): readonly (readonly EntryValue[])[] {
  const flat = list(value);
  if (flat.length % width !== 0) throw new Error(`expected rows of ${width} numbers`);
  return Array.from({ length: flat.length / width }, (_, i) =>
    flat.slice(i * width, (i + 1) * width),
  );
}

function record(value: EntryValue): Wire {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('expected a record in an attribution');
  return value as Wire;
}

function only(wire: Wire, keys: readonly string[]): void {
  const named = Object.keys(wire);
  if (named.length !== keys.length || !keys.every((key) => key in wire))
    throw new Error(`expected ${keys.join(', ')} and nothing else in a part of an attribution`);
}

function list(value: EntryValue | undefined): readonly EntryValue[] {
  if (!Array.isArray(value)) throw new Error('expected a list in an attribution');
  return value as readonly EntryValue[];
}

function text(value: EntryValue | undefined): string {
  if (typeof value !== 'string' || value === '')
    throw new Error('expected a text in an attribution');
  return value;
}

/** A whole number of at least 0 that is less than `limit`. */
function below(value: EntryValue | undefined, limit: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value >= limit)
    throw new Error('expected a whole number within its limits in an attribution');
  return value;
}
