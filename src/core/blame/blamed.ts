import type { LineAttribution, Share } from '../attribution.ts';

/** Somebody who wrote something of a delivered draft, as people are told. */
export type BlamedAuthor = {
  /** A letter that stands for them: A wrote most. */
  readonly mark: string;
  /** `by model m as persona p`, `brought in with the request`, `by Ada`. */
  readonly says: string;
  readonly words: number;
  /** Of all words, in whole percent; those of all authors make 100. */
  readonly percent: number;
};

/** A file of it: its lines, or why there are none. Runs name authors by their place in the list. */
export type BlamedFile = {
  readonly name: string;
  readonly content:
    | { readonly is: 'text'; readonly lines: readonly LineAttribution[] }
    | { readonly is: 'bytes'; readonly author: number }
    | { readonly is: 'erased' };
  readonly shares: readonly Share[];
  readonly coarse: boolean;
};

/** Who wrote which words of a delivered draft. */
export type Blamed = {
  /** `#142.2` */
  readonly number: string;
  /** Of the draft, whole. */
  readonly sha256: string;
  readonly version: number;
  readonly rehearsal: boolean;
  readonly authors: readonly BlamedAuthor[];
  readonly files: readonly BlamedFile[];
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A to Z, then AA to AZ, and on. */
export function markOf(place: number): string {
  const last = LETTERS.charAt(place % LETTERS.length);
  const before = Math.floor(place / LETTERS.length);
  return before === 0 ? last : markOf(before - 1) + last;
}

/** Whole percents that make 100, by the largest remainders; all 0 where there is nothing. */
export function percentsOf(counts: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return counts.map(() => 0);
  const floors = counts.map((count) => Math.floor((100 * count) / all));
  const missing = 100 - floors.reduce((sum, floor) => sum + floor, 0);
  const byRest = counts
    .map((count, place) => ({ place, rest: (100 * count) % all }))
    .sort((a, b) => b.rest - a.rest || a.place - b.place)
    .slice(0, missing)
    .map(({ place }) => place);
  return floors.map((floor, place) => floor + (byRest.includes(place) ? 1 : 0));
}

/** `62%`, and `less than 1%` for a few words of many. */
export function percentText({ percent, words }: Pick<BlamedAuthor, 'percent' | 'words'>): string {
  return percent === 0 && words > 0 ? 'less than 1%' : `${percent}%`;
}

/** `62% of the words by model m as persona p, 30% brought in with the request, 8% by Ada.` */
export function sharesSentence({ authors }: Pick<Blamed, 'authors'>): string {
  const [first, ...rest] = authors.filter(({ words }) => words > 0);
  if (first === undefined) return 'There are no words in it.';
  const others = rest.map((author) => `, ${percentText(author)} ${author.says}`);
  return `${percentText(first)} of the words ${first.says}${others.join('')}.`;
}

/** Who wrote most of a line; on a tie who wrote first in it. Null for a line without a word or sign. */
export function mainAuthor({ runs }: LineAttribution): number | null {
  const sums = new Map<number, number>();
  for (const { source, from, to } of runs) sums.set(source, (sums.get(source) ?? 0) + to - from);
  const [most] = [...sums].sort(([, a], [, b]) => b - a);
  return most === undefined ? null : most[0];
}
