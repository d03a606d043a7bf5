import { beforeOf } from './border.ts';
import type { Border } from './border.ts';
import { CLOSING, HOLDING, OPENING, OPENING_PAIRS } from './point-words.ts';
import { tokens } from '../words.ts';

/** Words by whose points a border is judged: what comes begins with, begins with two of, holds; what went before ends in. Empty where there is none. */
export type BorderWords = {
  readonly opening: string;
  readonly pair: string;
  readonly holding: readonly string[];
  readonly closing: string;
};

/** Of a long stretch the beginning says whether it begins a piece. */
const MOST = 12;

export function wordsAt(border: Border): BorderWords {
  const said = tokens(border.right.text);
  const [opening = '', second] = said;
  return {
    opening,
    pair: second === undefined ? '' : `${opening} ${second}`,
    holding: [...new Set(said)].slice(0, MOST),
    closing: tokens(beforeOf(border).text).at(-1) ?? '',
  };
}

/** How much the words speak for a new piece; most words say nothing. */
export function pointsOfWords(border: Border): number {
  const { opening, pair, holding, closing } = wordsAt(border);
  return holding.reduce(
    (sum, word) => sum + (POINTS.holding.get(word) ?? 0),
    (POINTS.opening.get(opening) ?? 0) +
      (POINTS.pair.get(pair) ?? 0) +
      (POINTS.closing.get(closing) ?? 0),
  );
}

/** "then 12, and now -5" as a table. */
const tableOf = (written: string): ReadonlyMap<string, number> =>
  new Map(
    written.split(',').map((entry) => {
      const at = entry.lastIndexOf(' ');
      return [entry.slice(0, at).trim(), Number(entry.slice(at))];
    }),
  );

const POINTS = {
  opening: tableOf(OPENING),
  pair: tableOf(OPENING_PAIRS),
  holding: tableOf(HOLDING),
  closing: tableOf(CLOSING),
};
