import type { Diff, Effort } from './align-blocks.ts';
import { byWords } from '../attribution.ts';
import type { Attribution, FileAttribution, Run, Share } from '../attribution.ts';
import { aliveIn, goneFrom } from './blame-alive.ts';
import { UNWRITTEN } from './blame-held.ts';
import type { Held, Read, Version, VersionFile } from './blame-held.ts';
import { kept, pairs } from './blame-kept.ts';
import { newPast, rememberFiles, rememberGone } from './blame-past.ts';
import type { Past } from './blame-past.ts';
import { trace } from './blame-trace.ts';
import { rarityOf } from '../rarity.ts';
import { lineTokensOf, newLexicon, tokensOf } from '../token.ts';
import type { Lexicon, Tokens } from '../token.ts';

/** Whether versions are compared word by word, or, where they are too large for that, line by line. */
export type Grain = 'words' | 'lines';

/** Versions one after the other, and who wrote what of the last of them. Changed by `addVersion` alone. */
export type Chain = {
  readonly diff: Diff;
  readonly grain: Grain;
  readonly lexicon: Lexicon;
  readonly past: Past;
  readonly sources: string[];
  /** Every token that somebody wrote, once each, by number: whose it is. One that is kept or moved keeps its number. */
  readonly written: number[];
  /** Who first brought each bytes, by their hash. */
  readonly brought: Map<string, number>;
  held: readonly Held[];
};

export function newChain(diff: Diff, grain: Grain): Chain {
  return {
    diff,
    grain,
    lexicon: newLexicon(),
    past: newPast(),
    sources: [],
    written: [],
    brought: new Map(),
    held: [],
  };
}

/** Characters (or bytes) of one version, and of all versions, up to which they are compared word by word. */
const LARGE_VERSION = 600_000;
const LARGE_CHAIN = 10_000_000;

/** How versions of these sizes are compared. */
export function grainFor(sizes: readonly number[]): Grain {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return all > LARGE_CHAIN || sizes.some((size) => size > LARGE_VERSION) ? 'lines' : 'words';
}

/** What is done for one version at most: about half a second of an ordinary machine. */
const newEffort = (): Effort => ({ compare: 4_000_000, search: 8_000_000, coarse: false });

/**
 * Adds a version. What stays, is moved, wrapped anew, copied or taken back keeps its author; what is there for the
 * first time is its version's.
 */
export function addVersion(chain: Chain, version: Version): void {
  const { past, written, lexicon, held: before } = chain;
  const source = sourceOf(chain, version);
  const now = version.files.map((file) => read(file, chain));
  const rarity = rarityOf(tokensIn(before), tokensIn(now), lexicon);
  const compare = { diff: chain.diff, effort: newEffort(), rarity };
  const olds = pairs(now, before);
  const files = now.map((one, i) => kept(one, olds[i] ?? null, { past, compare }));
  const coarse = trace(files, { files: before, past, written: written.length }, compare);
  for (const { ids } of files) write(ids, source, written);
  const alive = aliveIn(files, written.length);
  for (const one of before) rememberGone(past, one, goneFrom(one, alive));
  rememberFiles(past, files);
  chain.held = files.map((one) => ({ ...one, coarse: one.coarse || coarse.has(one) }));
}

function tokensIn(files: readonly Read[]): Tokens[] {
  return files.map(({ tokens }) => tokens);
}

function sourceOf({ sources, brought }: Chain, { source, files }: Version): number {
  if (!sources.includes(source)) sources.push(source);
  const number = sources.indexOf(source);
  for (const { sha256 } of files) if (!brought.has(sha256)) brought.set(sha256, number);
  return number;
}

/** A file that is unchanged has the tokens it had. */
function read(file: VersionFile, { held, grain, lexicon }: Chain): Read {
  const same = held.find((one) => one.file.text === file.text);
  const made = grain === 'words' ? tokensOf : lineTokensOf;
  return { file, tokens: same?.tokens ?? made(file.text ?? '', lexicon) };
}

/** Whatever nobody wrote before is written now. */
function write(ids: Int32Array, source: number, written: number[]): void {
  for (let i = 0; i < ids.length; i += 1) {
    if (ids[i] !== UNWRITTEN) continue;
    ids[i] = written.length;
    written.push(source);
  }
}

/** Who wrote what of the last version. */
export function attributionOf(chain: Chain): Attribution {
  return {
    sources: [...chain.sources],
    files: chain.held.map((held) => fileOf(held, chain)),
  };
}

/** Who wrote what of the last of these versions, oldest first. */
export function attribute(versions: readonly Version[], diff: Diff): Attribution {
  const sizes = versions.map(({ files }) =>
    files.reduce((sum, { text }) => sum + (text?.length ?? 0), 0),
  );
  const chain = newChain(diff, grainFor(sizes));
  for (const version of versions) addVersion(chain, version);
  return attributionOf(chain);
}

function fileOf(held: Held, { grain, written, lexicon, brought }: Chain): FileAttribution {
  const { name, sha256, text } = held.file;
  const by = Array.from(held.ids, (id) => written[id] ?? 0);
  if (text === null)
    return { name, runs: [], shares: [], whole: brought.get(sha256) ?? 0, coarse: false };
  return {
    name,
    runs: runsOf(held, by),
    shares: sharesOf(held, by, lexicon),
    whole: null,
    coarse: held.coarse || grain === 'lines',
  };
}

function runsOf({ tokens }: Held, by: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const [i, source] of by.entries()) {
    const to = tokens.to[i] ?? 0;
    const last = runs.at(-1);
    if (last?.source === source) runs[runs.length - 1] = { ...last, to };
    else runs.push({ source, from: tokens.from[i] ?? 0, to });
  }
  return runs;
}

function sharesOf({ tokens }: Held, by: readonly number[], { words }: Lexicon): Share[] {
  const sums = new Map<number, number>();
  for (const [i, source] of by.entries())
    sums.set(source, (sums.get(source) ?? 0) + (words[tokens.keys[i] ?? -1] ?? 0));
  return byWords(sums);
}
