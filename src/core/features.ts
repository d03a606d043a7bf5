/** How much a feature of each sort counts: pairs and beginnings of words are many and say less each. */
const WEIGHTS = { word: 1, pair: 0.7, beginning: 0.5 } as const;
/** The beginning of a word finds its relatives, and it when its end is misspelt; short words have none. */
const BEGINNING = 4;
const LONG = 5;

/** How features of words (`W`) are told apart: by name, or by place in a table. What it gives nothing for is left out. */
export type Keys<W, K> = {
  /** What stands before the first word. */
  readonly start: W;
  word(word: W): K | undefined;
  pair(before: W, word: W): K | undefined;
  beginning(word: W): K | undefined;
};

/**
 * Tells what a text is known by: its words, pairs of neighbours and beginnings of words, each with its weight, in the order
 * they are met. One that stands there twice is told twice.
 */
export function eachFeature<W, K>(
  words: readonly W[],
  keys: Keys<W, K>,
  tell: (key: K, weight: number) => void,
): void {
  let before = keys.start;
  for (const word of words) {
    const own = keys.word(word);
    if (own !== undefined) tell(own, WEIGHTS.word);
    const pair = keys.pair(before, word);
    if (pair !== undefined) tell(pair, WEIGHTS.pair);
    const beginning = keys.beginning(word);
    if (beginning !== undefined) tell(beginning, WEIGHTS.beginning);
    before = word;
  }
}

/** The features of a text, each once, with all it weighs. */
export function weighed<W, K>(words: readonly W[], keys: Keys<W, K>): ReadonlyMap<K, number> {
  const features = new Map<K, number>();
  eachFeature(words, keys, (key, weight) => {
    features.set(key, (features.get(key) ?? 0) + weight);
  });
  return features;
}

/** The beginning by which a word is known as well; undefined for short ones. */
export function beginningOf(stem: string): string | undefined {
  return stem.length < LONG ? undefined : stem.slice(0, BEGINNING);
}

/** Names for people and for comparing: a word itself, "one two" for a pair, "~begi" for a beginning. */
const NAMES: Keys<string, string> = {
  start: '',
  word: (stem) => stem,
  pair: (before, stem) => `${before} ${stem}`,
  beginning: (stem) => {
    const beginning = beginningOf(stem);
    return beginning === undefined ? undefined : `~${beginning}`;
  },
};

/** The features of a text, given as the stems of its words, by name. */
export function featuresOf(stems: readonly string[]): ReadonlyMap<string, number> {
  return weighed(stems, NAMES);
}

/** A feature by its parts, in stems. */
export type Feature =
  | { readonly is: 'word'; readonly of: string }
  | { readonly is: 'beginning'; readonly of: string }
  | { readonly is: 'pair'; readonly before: string; readonly of: string };

/** The feature of that name: words hold neither spaces nor tildes. */
export function featureNamed(name: string): Feature {
  if (name.startsWith('~')) return { is: 'beginning', of: name.slice(1) };
  const space = name.indexOf(' ');
  if (space < 0) return { is: 'word', of: name };
  return { is: 'pair', before: name.slice(0, space), of: name.slice(space + 1) };
}

/** Whether a feature is a whole word, which a person can be shown as a reason. */
export function isWord(name: string): boolean {
  return featureNamed(name).is === 'word';
}
