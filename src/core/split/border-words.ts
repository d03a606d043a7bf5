import { beforeOf } from './border.ts';
import type { Border } from './border.ts';
import { POINT_WORDS } from './point-words.ts';

/** Words at a border, by where they stand: the places for which `POINT_WORDS` says what they mean. */
export type BorderWords = Readonly<Record<keyof typeof POINT_WORDS, readonly string[]>>;

/** Of a long stretch the beginning says whether it begins a piece. */
const MOST = 12;

export function wordsAt(border: Border): BorderWords {
  const { left, right, next } = border;
  const said = right.words;
  const before = beforeOf(border).words;
  return {
    opening: said.slice(0, 1),
    pair: pairsIn(said.slice(0, 2)),
    holding: [...new Set(said)].slice(0, MOST),
    neighbours: pairsIn(said.slice(0, MOST)),
    ending: said.slice(-1),
    closing: before.slice(-1),
    penultimate: before.slice(-2, -1),
    asking: left.words.slice(0, 1),
    following: next?.words.slice(0, 1) ?? [],
    doers: [`${left.likely.doer} ${right.likely.doer}`],
  };
}

const pairsIn = (words: readonly string[]): readonly string[] =>
  words.slice(1).map((word, i) => `${words[i]} ${word}`);

/** How much the words speak for a new piece; most words say nothing. */
export function pointsOfWords(border: Border): number {
  const words = wordsAt(border);
  let sum = 0;
  for (const [place, points] of TABLES)
    for (const word of words[place]) sum += points.get(word) ?? 0;
  return sum;
}

/** "then 12, and now -5" as a table. */
const tableOf = (written: string): ReadonlyMap<string, number> =>
  new Map(
    written.split(',').map((entry) => {
      const at = entry.lastIndexOf(' ');
      return [entry.slice(0, at).trim(), Number(entry.slice(at))];
    }),
  );

const TABLES = Object.entries(POINT_WORDS).map(
  ([place, written]) => [place as keyof BorderWords, tableOf(written)] as const,
);
