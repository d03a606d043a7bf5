import { sizeOf } from './kind.ts';
import type { BySize, MinutesRow, SizeLimits } from './kind.ts';
import type { Moment } from './moment.ts';
import type { MinuteBasis, ReviewBasis } from './record-words.ts';

/** The three figures of minutes by hand, by where they come from; null where nobody gave one. All of them are kept. */
export type ByHand = Readonly<Record<MinuteBasis, number | null>>;

export const NOT_SAID: ByHand = { table: null, persona: null, person: null };

/** The figure that counts: a person's correction, else the owner's table, else the persona's own estimate. */
export function counting(
  said: ByHand,
): { readonly byHand: number; readonly basis: MinuteBasis } | null {
  for (const basis of ['person', 'table', 'persona'] as const) {
    const byHand = said[basis];
    if (byHand !== null) return { byHand, basis };
  }
  return null;
}

export type Range = { readonly low: number; readonly high: number };

/** From the lowest to the highest of table and estimate; a person's correction is one figure and ends the doubt. */
export function rangeOf({ table, persona, person }: ByHand): Range {
  const said = (person === null ? [table, persona] : [person]).filter((n) => n !== null);
  return said.length === 0
    ? { low: 0, high: 0 }
    : { low: Math.min(...said), high: Math.max(...said) };
}

/** `90 min`, `9 h 45 min`, `−12 min`. */
export function minutesText(minutes: number): string {
  const [size, sign] = [Math.abs(minutes), minutes < 0 ? '−' : ''];
  if (size < 120) return `${sign}${size} min`;
  const rest = size % 60;
  return `${sign}${Math.floor(size / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** `90 min`, `60 min to 90 min`. */
export function rangeText({ low, high }: Range): string {
  return low === high ? minutesText(high) : `${minutesText(low)} to ${minutesText(high)}`;
}

/** `90 min by hand (…)`, or `60 to 90 min by hand (…)` while nobody corrected it, with where the figures come from. */
export function byHandText(said: ByHand): string {
  if (counting(said) === null) return 'minutes by hand not known';
  const { low, high } = rangeOf(said);
  const minutes = low === high ? `${high} min by hand` : `${low} to ${high} min by hand`;
  const parts = [
    said.table === null ? null : `table ${said.table}`,
    said.persona === null ? null : `estimate ${said.persona}`,
  ].filter((part) => part !== null);
  if (said.person !== null) return `${minutes} (${['corrected', ...parts].join('; ')})`;
  return `${minutes} (${parts.join(', ')}; not corrected)`;
}

/** Minutes one decision cost whoever took it, with the table's figure beside what was counted. */
export type Review = {
  readonly minutes: number;
  readonly basis: Exclude<ReviewBasis, 'corrected'>;
  readonly table: number;
};

const MINUTE = 60_000;

/** How far a measured review may go beyond the table: somebody who opens a draft and leaves is not reviewing. */
const MOST_OF_TABLE = 2;

/**
 * Minutes of one review. Where Read was pressed, the begun minutes from there to the decision, at most twice the table's
 * figure; else the table's figure.
 */
export function reviewOf(
  table: number,
  { readAt, at }: { readonly readAt: Moment | null; readonly at: Moment },
): Review {
  if (readAt === null) return { minutes: table, basis: 'table', table };
  const taken = Math.max(1, Math.ceil((at - readAt) / MINUTE));
  return { minutes: Math.min(taken, MOST_OF_TABLE * table), basis: 'measured', table };
}

/** What the owner's table is, as far as minutes are looked up in it. */
export type MinutesTable = {
  readonly minutes: ReadonlyMap<string, MinutesRow>;
  readonly sizes: SizeLimits;
};

type Sized = { readonly kind: string; readonly words: number; readonly files: number };

/** A figure of the owner's table for a task of that kind and size; 0 for a kind that has no row. */
export function tableMinutes(
  { minutes, sizes }: MinutesTable,
  which: 'byHand' | 'review',
  { kind, words, files }: Sized,
): number {
  const row: BySize | undefined = minutes.get(kind)?.[which];
  return row?.[sizeOf(sizes, words, files)] ?? 0;
}

/** What a receipt offers to say at one click. */
export const QUICK_MINUTES = [15, 30, 60] as const;

/** The most minutes a person may write down of one task: some twenty weeks of work. */
export const MOST_MINUTES = 50_000;
