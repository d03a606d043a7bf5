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
  /** Pairs of neighbours by what `pairOf` makes of the two. */
  readonly pairs: ReadonlyMap<number, number>;
  readonly rarity: Float32Array;
};

/** A word by its number, and where it and its beginning stand. */
export type Word = {
  readonly number: number;
  readonly place: number | undefined;
  readonly beginning: number | undefined;
};

/** Stands before the first word of every text. */
export const START = '';

/** One number for two words; up to this many words it is a small one, for which Maps are quick. */
const MANY_WORDS = 32_768;
export function pairOf(before: Word, after: Word): number {
  return before.number * MANY_WORDS + after.number;
}

/** What a word itself tells. */
export const OF_WORD: Pick<Keys<Word, number>, 'word' | 'beginning'> = {
  word: ({ place }) => place,
  beginning: ({ beginning }) => beginning,
};

/** Features of words as they stand in a vocabulary. */
function placesIn(vocabulary: Vocabulary): Keys<Word, number> {
  const { pairs } = vocabulary;
  return {
    start: wordIn(vocabulary, START),
    word: OF_WORD.word,
    beginning: OF_WORD.beginning,
    pair: (before, after) =>
      isKnown(before) && isKnown(after) ? pairs.get(pairOf(before, after)) : undefined,
  };
}

/** A word as the examples know it; of one that none of them has perhaps its beginning. */
function wordIn({ words, beginnings }: Vocabulary, stem: string): Word {
  const known = words.get(stem);
  if (known !== undefined) return known;
  const beginning = beginnings.get(beginningOf(stem) ?? '');
  return { number: UNKNOWN, place: undefined, beginning };
}
const UNKNOWN = -1;
const isKnown = ({ number }: Word): boolean => number !== UNKNOWN;

/** A text, given as the stems of its words, as numbers; its length is 1. Features that no example has are left out. */
export function vectorOf(stems: readonly string[], vocabulary: Vocabulary): Vector {
  const text = stems.map((stem) => wordIn(vocabulary, stem));
  const features = weighed(text, placesIn(vocabulary));
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
  return placesIn(vocabulary).pair(wordIn(vocabulary, feature.before), word);
}
