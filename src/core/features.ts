import { stem, tokens } from './words.ts';

/** Words that stand in every request and speak for no kind of work. */
const EVERYDAY = new Set(
  `a an the this that these those it its is are was be been am do does did can could would will please
  to of in on at for with from by as so if and or but i me my we us our you your they them their he she his her
  have has had just some any there here hi hello hey thanks thx pls also then than when`.split(
    /\s+/,
  ),
);

/** How much a feature of each sort counts; longer ones are many and say less each. */
const WEIGHTS = { word: 1, pair: 0.7, piece: 0.35 } as const;
/** Pieces of a word find it when it is misspelt; those of short words would say little and cost much. */
const PIECE = 4;
const LONG = 6;

/** What a text is known by: words, pairs of neighbours and pieces of words, each with its weight. */
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
    if (!EVERYDAY.has(token)) add(word, WEIGHTS.word);
    add(`${before} ${word}`, WEIGHTS.pair);
    before = word;
    const marked = `<${word}>`;
    if (word.length >= LONG)
      for (let at = 0; at + PIECE <= marked.length; at += 1)
        add(`~${marked.slice(at, at + PIECE)}`, WEIGHTS.piece);
  }
  return features;
}

/** Whether a feature is a whole word, which a person can be shown as a reason. */
export function isWord(name: string): boolean {
  return !name.startsWith('~') && !name.includes(' ');
}
