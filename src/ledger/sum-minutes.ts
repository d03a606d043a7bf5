import { counting, NOT_SAID } from '../core/minutes.ts';
import type { ByHand } from '../core/minutes.ts';
import type { EntryType } from '../core/entry-type.ts';
import { MINUTE_BASES, REVIEW_BASES } from '../core/record-words.ts';
import { isFinal } from '../core/task.ts';
import type { State } from '../core/task.ts';
import { numberIn, recordIn, textIn } from './data.ts';
import type { Entry } from './read.ts';
import type { ReviewSum } from './sum-types.ts';

/** What the entries of one task say of minutes, read in the order of the log. */
export type MinutesTally = {
  said: ByHand;
  /** One figure for each decision. */
  reviews: readonly ReviewSum[];
  /** All of them together, as a person corrected it last. */
  reviewSaid: number | null;
  state: string;
  /** Minutes of review that count already: those up to the last time it ended or expired, and corrections since. */
  counted: number;
};

export function beginMinutes(): MinutesTally {
  return { said: NOT_SAID, reviews: [], reviewSaid: null, state: 'proposed', counted: 0 };
}

/** What saved means, for whoever reads the figure. Printed wherever it is. */
export const SAVED_WORDS =
  'Minutes saved are the minutes by hand of delivered tasks, less the minutes of review of every task that was decided about. What was rejected, cancelled or expired saved nothing, and its cost and its review are counted.';

/** The types of entry whose `minutes` are the owner's table. */
const TABLE: ReadonlySet<EntryType> = new Set<EntryType>([
  'task.routed',
  'task.changed',
  'task.reopened',
  // An answer may hold the route that follows from it.
  'person.answered',
  // What the table says of the work as it was in the end: answers and files may have made it larger.
  'draft.delivered',
]);

export function takeMinutes(tally: MinutesTally, entry: Entry): void {
  const { minutes, to } = entry;
  const basis = basisOf(entry);
  if (minutes !== null && basis !== null) tally.said = { ...tally.said, [basis]: minutes };
  takeReview(tally, entry);
  if (to !== null) tally.state = to;
  if (isOver(tally.state)) tally.counted = reviewSum(tally)?.minutes ?? 0;
}

function takeReview(tally: MinutesTally, { type, data }: Entry): void {
  const review = recordIn(data, 'review');
  if (review === null) return;
  const one = reviewIn(review);
  if (type === 'estimate.recorded') tally.reviewSaid = one.minutes;
  else tally.reviews = [...tally.reviews, one];
}

/** Nobody works on it or decides about it any more, unless somebody reopens it. */
export function isOver(state: string): boolean {
  return state === 'expired' || isFinal(state as State);
}

/** Minutes by hand that count: of what was delivered alone. */
export function savedBy({ said, state }: MinutesTally): number {
  return state === 'delivered' ? (counting(said)?.byHand ?? 0) : 0;
}

/** What all reviews of the task took together; null where no entry says. A person's correction is of all of them. */
export function reviewSum({ reviews, reviewSaid }: MinutesTally): ReviewSum | null {
  if (reviewSaid !== null) return { minutes: reviewSaid, basis: 'corrected' };
  const [first, ...others] = reviews;
  if (first === undefined) return null;
  const minutes = reviews.reduce((sum, one) => sum + one.minutes, 0);
  return {
    minutes,
    basis: others.some((one) => one.basis !== first.basis) ? 'mixed' : first.basis,
  };
}

/** What the entries of one task say of minutes. */
export function minutesOf(entries: readonly Entry[]): {
  readonly said: ByHand;
  readonly review: ReviewSum | null;
} {
  const tally = beginMinutes();
  for (const entry of entries) takeMinutes(tally, entry);
  return { said: tally.said, review: reviewSum(tally) };
}

function basisOf({ type, data, minutes }: Entry) {
  // A kind without a row in the table, and an exact program, which estimates nothing.
  if (minutes === 0 && type !== 'estimate.recorded') return null;
  if (TABLE.has(type)) return 'table';
  if (type === 'draft.made') return 'persona';
  if (type !== 'estimate.recorded') return null;
  return MINUTE_BASES.find((one) => one === textIn(data, 'basis')) ?? null;
}

function reviewIn(review: NonNullable<ReturnType<typeof recordIn>>): ReviewSum {
  const basis = REVIEW_BASES.find((one) => one === textIn(review, 'basis'));
  return { minutes: numberIn(review, 'minutes') ?? 0, basis: basis ?? 'table' };
}
