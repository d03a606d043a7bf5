import type { Vector } from './counts.ts';
import { beginningOf, featureNamed, weighed } from './features.ts';
import type { Keys } from './features.ts';

/**
 * The features of the examples by place, with how rare each is. Places are found by words and their numbers: putting names
 * of pairs together for each text would cost more than all that is done with them.
 */
export type Vocabulary = {
  readonly words: ReadonlyMap<string, Word>;
  readonly beginnings: ReadonlyMap<string, number>;
  readonly rarity: Float32Array;
};

/** Where a word and its beginning stand, and the pairs it begins, by the number of the word after it. */
export type Word = {
  readonly number: number;
  readonly place: number | undefined;
  readonly beginning: number | undefined;
  readonly pairs: ReadonlyMap<number, number>;
};

/** Stands before the first word of every text. */
export const START = '';

/** Features of words as they stand in a vocabulary; `start` is the word `START`. */
export function placesFrom(start: Word): Keys<Word, number> {
  return { start, word: placeOfWord, pair: placeOfPair, beginning: placeOfBeginning };
}

const placeOfWord = ({ place }: Word) => place;
const placeOfBeginning = ({ beginning }: Word) => beginning;
const placeOfPair = ({ pairs }: Word, { number }: Word) => pairs.get(number);

/** A word as the examples know it; of one that none of them has perhaps its beginning. */
function wordIn({ words, beginnings }: Vocabulary, stem: string): Word {
  const known = words.get(stem);
  if (known !== undefined) return known;
  const beginning = beginnings.get(beginningOf(stem) ?? '');
  return { number: -1, place: undefined, beginning, pairs: NO_PAIRS };
}
const NO_PAIRS: Word['pairs'] = new Map();

/** A text, given as the stems of its words, as numbers; its length is 1. Features that no example has are left out. */
export function vectorOf(stems: readonly string[], vocabulary: Vocabulary): Vector {
  const text = stems.map((stem) => wordIn(vocabulary, stem));
  const features = weighed(text, placesFrom(wordIn(vocabulary, START)));
  const at = [...features.keys()];
  const value = [...features.values()];
  toLength1(at, value, vocabulary.rarity);
  return { at, value };
}

/** Weighs features by how rare they are and brings them to length 1 together, in single precision. */
export function toLength1(
  at: ArrayLike<number>,
  value: { readonly length: number; [at: number]: number },
  rarity: Float32Array,
): void {
  let square = 0;
  for (let i = 0; i < value.length; i += 1) {
    const by = (value[i] ?? 0) * (rarity[at[i] ?? 0] ?? 0);
    value[i] = Math.fround(by);
    square += by * by;
  }
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < value.length; i += 1) value[i] = Math.fround((value[i] ?? 0) / length);
}

/** How rare a feature is, by its name, among so many examples; the rarest is one that a single example has, or none. */
export function rarityIn(vocabulary: Vocabulary, examples: number): (name: string) => number {
  const rarest = Math.fround(Math.log(1 + examples));
  return (name) => {
    const place = placeNamed(vocabulary, name);
    return place === undefined ? rarest : (vocabulary.rarity[place] ?? rarest);
  };
}

function placeNamed(vocabulary: Vocabulary, name: string): number | undefined {
  const feature = featureNamed(name);
  if (feature.is === 'beginning') return vocabulary.beginnings.get(feature.of);
  const word = wordIn(vocabulary, feature.of);
  if (feature.is === 'word') return word.place;
  return placeOfPair(wordIn(vocabulary, feature.before), word);
}
