import type { Vector } from './counts.ts';
import type { Keys } from './features.ts';
import { beginningOf, eachFeature } from './features.ts';
import { OF_WORD, pairOf, START, toLength1 } from './vocabulary.ts';
import type { Vocabulary, Word } from './vocabulary.ts';

/** What examples teach: their vocabulary, and each of them as it is read with that, in their order. */
export type Gathered = { readonly vocabulary: Vocabulary; readonly vectors: readonly Vector[] };

/** A pair that fewer examples have says nothing of other texts, and most pairs are met once. */
const FEWEST = 2;

/** Gathers the features of examples, each given as the stems of its words. */
export function gather(all: readonly (readonly string[])[]): Gathered {
  const growth = grow();
  const notes = makeNotes();
  const note = (key: number, weight: number): void => {
    if (notes.add(key, weight)) growth.meet(key);
  };
  for (const stems of all) {
    eachFeature(stems.map(growth.word), growth.keys, note);
    notes.endText();
  }
  const { vocabulary, placeOf } = growth.settle(all.length);
  return { vocabulary, vectors: notes.read(placeOf, vocabulary.rarity) };
}

/** While examples are gone through, pairs have numbers below 0: which of them get a place is known at the end. */
type PlaceOf = (key: number) => number | undefined;

/** A vocabulary that grows by every word and pair it is asked for. */
function grow() {
  const words = new Map<string, Word>();
  const beginnings = new Map<string, number>();
  const pairs = new Map<number, number>();
  const found: number[] = [];
  const foundPairs: number[] = [];
  const nextPlace = (): number => found.push(0) - 1;
  const nextPair = (): number => -foundPairs.push(0);
  const newWord = (stem: string): Word => {
    const beginning = beginningOf(stem);
    return {
      number: words.size,
      place: stem === START ? undefined : nextPlace(),
      beginning: beginning === undefined ? undefined : known(beginnings, beginning, nextPlace),
    };
  };
  const word = (stem: string): Word => known(words, stem, newWord);
  const start = word(START);
  const pair = (before: Word, after: Word): number => known(pairs, pairOf(before, after), nextPair);
  const keys: Keys<Word, number> = { ...OF_WORD, start, pair };
  const meet = (key: number): void => {
    if (key < 0) foundPairs[-key - 1] = (foundPairs[-key - 1] ?? 0) + 1;
    else found[key] = (found[key] ?? 0) + 1;
  };
  /** Gives a place to every pair that is met often enough, and forgets the others. */
  const settle = (examples: number): { vocabulary: Vocabulary; placeOf: PlaceOf } => {
    const places = foundPairs.map((n) => (n < FEWEST ? undefined : found.push(n) - 1));
    const placeOf: PlaceOf = (key) => (key < 0 ? places[-key - 1] : key);
    const kept = new Map<number, number>();
    for (const [both, key] of pairs) {
      const place = placeOf(key);
      if (place !== undefined) kept.set(both, place);
    }
    const rarity = Float32Array.from(found, (n) => Math.log(1 + examples / n));
    return { vocabulary: { words, beginnings, pairs: kept, rarity }, placeOf };
  };
  return { word, keys, meet, settle };
}

function known<K, V>(map: Map<K, V>, key: K, make: (key: K) => V): V {
  const before = map.get(key);
  if (before !== undefined) return before;
  const made = make(key);
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
  let begun = 0;
  /** Gives whether the text did not have it yet. Examples are short: looking through one is quicker than a Map for each. */
  const add = (key: number, weight: number): boolean => {
    const at = keys.indexOf(key, begun);
    if (at >= 0) {
      weights[at] = (weights[at] ?? 0) + weight;
      return false;
    }
    keys.push(key);
    weights.push(weight);
    return true;
  };
  const endText = (): void => {
    begun = keys.length;
    ends.push(begun);
  };
  const read = (placeOf: PlaceOf, rarity: Float32Array): readonly Vector[] => {
    const places = new Int32Array(keys.length);
    const values = new Float32Array(keys.length);
    let to = 0;
    return ends.map((end, n) => {
      const from = to;
      for (let i = ends[n - 1] ?? 0; i < end; i += 1) {
        const place = placeOf(keys[i] ?? 0);
        if (place === undefined) continue;
        places[to] = place;
        values[to++] = weights[i] ?? 0;
      }
      const vector = { at: places.subarray(from, to), value: values.subarray(from, to) };
      toLength1(vector.at, vector.value, rarity);
      return vector;
    });
  };
  return { add, endText, read };
}
