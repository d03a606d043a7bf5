import type { Vector } from './counts.ts';
import type { Keys } from './features.ts';
import { beginningOf, weighed } from './features.ts';
import { placesFrom, START, toLength1 } from './vocabulary.ts';
import type { Vocabulary, Word } from './vocabulary.ts';

/** What examples teach: their vocabulary, and each of them as it is read with that, in their order. */
export type Gathered = { readonly vocabulary: Vocabulary; readonly vectors: readonly Vector[] };

/** A pair that fewer examples have says nothing of other texts, and most pairs are met once. */
const FEWEST = 2;

/** Gathers the features of examples, each given as the stems of its words. */
export function gather(all: readonly (readonly string[])[]): Gathered {
  const growth = grow();
  const { words, beginnings, found } = growth;
  const written = makeNotes();
  for (const stems of all) {
    const features = weighed(stems.map(growth.word), growth.keys);
    for (const key of features.keys()) growth.meet(key);
    written.add(features);
  }
  const placeOf = growth.settle();
  const rarity = Float32Array.from(found, (n) => Math.log(1 + all.length / n));
  const vectors = written.read(placeOf, rarity);
  return { vocabulary: { words, beginnings, rarity }, vectors };
}

/** While examples are gone through, pairs have numbers below 0: which of them get a place is known at the end. */
type PlaceOf = (key: number) => number | undefined;
type Growing = Word & { readonly pairs: Map<number, number> };

/** A vocabulary that grows by every word and pair it is asked for. */
function grow() {
  const words = new Map<string, Growing>();
  const beginnings = new Map<string, number>();
  const found: number[] = [];
  const foundPairs: number[] = [];
  const nextPlace = (): number => found.push(0) - 1;
  const word = (stem: string): Growing =>
    known(words, stem, () => {
      const beginning = beginningOf(stem);
      return {
        number: words.size,
        place: stem === START ? undefined : nextPlace(),
        beginning: beginning === undefined ? undefined : known(beginnings, beginning, nextPlace),
        pairs: new Map<number, number>(),
      };
    });
  const start = word(START);
  const pair = (before: Growing, { number }: Growing): number =>
    known(before.pairs, number, () => -foundPairs.push(0));
  const keys: Keys<Growing, number> = { ...placesFrom(start), start, pair };
  const meet = (key: number): void => {
    if (key < 0) foundPairs[-key - 1] = (foundPairs[-key - 1] ?? 0) + 1;
    else found[key] = (found[key] ?? 0) + 1;
  };
  /** Gives a place to every pair that is met often enough, and forgets the others. */
  const settle = (): PlaceOf => {
    const places = foundPairs.map((n) => (n < FEWEST ? undefined : found.push(n) - 1));
    const placeOf: PlaceOf = (key) => (key < 0 ? places[-key - 1] : key);
    for (const { pairs } of words.values())
      for (const [number, key] of pairs) {
        const place = placeOf(key);
        if (place === undefined) pairs.delete(number);
        else pairs.set(number, place);
      }
    return placeOf;
  };
  return { words, beginnings, found, word, keys, meet, settle };
}

function known<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const before = map.get(key);
  if (before !== undefined) return before;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * Writes features down one text after another, and reads them back as vectors, side by side in two tables: thousands of
 * small ones would be slower to walk and to collect.
 */
function makeNotes() {
  const keys: number[] = [];
  const weights: number[] = [];
  const ends: number[] = [];
  const add = (features: ReadonlyMap<number, number>): void => {
    for (const [key, weight] of features) {
      keys.push(key);
      weights.push(weight);
    }
    ends.push(keys.length);
  };
  const read = (placeOf: PlaceOf, rarity: Float32Array): readonly Vector[] => {
    const at = new Int32Array(keys.length);
    const value = new Float32Array(keys.length);
    let to = 0;
    return ends.map((end, n) => {
      const from = to;
      const own: number[] = [];
      for (let i = ends[n - 1] ?? 0; i < end; i += 1) {
        const place = placeOf(keys[i] ?? 0);
        if (place === undefined) continue;
        at[to++] = place;
        own.push(weights[i] ?? 0);
      }
      toLength1(at.subarray(from, to), own, rarity);
      value.set(own, from);
      return { at: at.subarray(from, to), value: value.subarray(from, to) };
    });
  };
  return { add, read };
}
