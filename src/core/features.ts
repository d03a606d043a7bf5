import { stem, tokens } from './words.ts';

/** How much a feature of each sort counts: pairs and beginnings of words are many and say less each. */
const WEIGHTS = { word: 1, pair: 0.7, beginning: 0.5 } as const;
/** The beginning of a word finds its relatives, and it when its end is misspelt; short words have none. */
const BEGINNING = 4;
const LONG = 5;

/** What a text is known by: words, pairs of neighbours and beginnings of words, each with its weight. */
export type Features = ReadonlyMap<string, number>;

/** Reads the features of a person's own words. Deterministic; names of files count as words. */
export function featuresOf(text: string): Features {
  const features = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    features.set(name, (features.get(name) ?? 0) + weight);
  };
  let before = '';
  for (const token of tokens(text)) {
    const word = stem(token);
    add(word, WEIGHTS.word);
    add(`${before} ${word}`, WEIGHTS.pair);
    if (word.length >= LONG) add(`~${word.slice(0, BEGINNING)}`, WEIGHTS.beginning);
    before = word;
  }
  return features;
}

/** Whether a feature is a whole word, which a person can be shown as a reason. */
export function isWord(name: string): boolean {
  return !name.startsWith('~') && !name.includes(' ');
}
