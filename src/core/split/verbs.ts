import type { SplitWords } from '../cue.ts';
import { stem } from '../words.ts';

/** The verbs of a practice: those that order work, and those that speak of it. */

/** Whether a word is a verb with which work is ordered, in the form orders have. */
export function isOrder(word: string, { orders }: SplitWords): boolean {
  return setOf(orders, (one) => one).has(word);
}

/** Whether one of these words is a work verb. */
export function sayWork(said: readonly string[], { verbs }: SplitWords): boolean {
  const known = setOf(verbs, stem);
  return said.some((word) => known.has(stem(word)));
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(list: readonly string[], by: (word: string) => string): ReadonlySet<string> {
  const known = sets.get(list) ?? new Set(list.map(by));
  sets.set(list, known);
  return known;
}
