import { BIT } from './token.ts';
import type { Lexicon, Tokens } from './token.ts';

/** How much tokens tell: what is rare in the texts at hand is not there a second time by chance. */
export type Rarity = {
  /** By key, in sixteenths of a bit: -log2 of its share of all tokens (Shannon 1948). */
  readonly alone: Int32Array;
  /** By pair of keys that is a habit of these texts: what the second tells after the first, which is next to nothing. */
  readonly after: ReadonlyMap<number, number>;
};

/** From one token up to, not with, another. */
export type Span = { readonly from: number; readonly to: number };

/** In a short text every word looks rare: shares are taken of no fewer tokens than this. */
const FEWEST = 1000;
/** Even what tells nothing tells something when it is long enough. */
const LEAST = BIT / 4;
/** What a run must tell beyond what may be chance: odds of sixteen to one. */
export const MARGIN = 4 * BIT;

/** The rarity of all tokens in a version and in the one before it. */
export function rarityOf(
  before: readonly Tokens[],
  now: readonly Tokens[],
  { most }: Lexicon,
): Rarity {
  const counts = new Int32Array(most.length);
  for (const { keys } of [...before, ...now])
    for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  const all = [...before, ...now].reduce((sum, { keys }) => sum + keys.length, 0);
  const total = Math.max(all, FEWEST);
  const alone = counts.map((count, key) =>
    clamped(Math.log2(total / Math.max(count, 1)), most[key] ?? 0),
  );
  return { alone, after: habits(before, alone) };
}

function clamped(bits: number, most: number): number {
  return Math.max(LEAST, Math.min(Math.round(BIT * bits), most));
}

/** Of pairs that stood more than once in the older text: how often something else followed the first of them. */
function habits(texts: readonly Tokens[], alone: Int32Array): Map<number, number> {
  const firsts = new Int32Array(alone.length);
  const pairs = new Map<number, number>();
  for (const [first, , pair] of pairsIn(texts)) {
    firsts[first] = (firsts[first] ?? 0) + 1;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const found = new Map<number, number>();
  for (const [first, second, pair] of pairsIn(texts)) {
    const others = (pairs.get(pair) ?? 0) - 1;
    if (others < 1) continue;
    const bits = Math.log2((firsts[first] ?? 0) / others);
    found.set(pair, clamped(bits, alone[second] ?? LEAST));
  }
  return found;
}

function* pairsIn(texts: readonly Tokens[]): Generator<readonly [number, number, number]> {
  for (const { keys } of texts) {
    let first = -1;
    for (const second of keys) {
      if (first >= 0) yield [first, second, pairOf(first, second)];
      first = second;
    }
  }
}

/** 30 bits, which the engine holds without a box. Two pairs with one number count as more common than they are. */
function pairOf(first: number, second: number): number {
  return (Math.imul(first + 1, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)) & 0x3fffffff;
}

/** What the tokens of a stretch tell together, in sixteenths of a bit. */
export function tells(keys: Int32Array, { alone, after }: Rarity, { from, to }: Span): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) {
    const key = keys[i] ?? 0;
    const habit = i === from ? undefined : after.get(pairOf(keys[i - 1] ?? 0, key));
    sum += habit ?? alone[key] ?? LEAST;
  }
  return sum;
}

/**
 * What a run must tell to be no chance meeting, when it was looked for at so many places on one side and so many on
 * the other: the logarithm of the pairs of places. The idea is that of the expected number of chance hits of a search
 * through sequences (Karlin and Altschul 1990).
 */
export function chance(places: number, others: number): number {
  return Math.round(BIT * Math.log2(Math.max(1, places) * Math.max(1, others)));
}
