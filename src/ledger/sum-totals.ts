import { sumSpend } from './spend.ts';
import { NOT_SAID, rangeOf } from '../core/minutes.ts';
import type { CostItem, Erasure, LaterMinutes, Shares, TaskSum, Totals } from './sum-types.ts';

type Told = {
  readonly ended: readonly TaskSum[];
  readonly open: readonly TaskSum[];
  /** Every cost that counts in the range. */
  readonly counted: readonly CostItem[];
  readonly laterMinutes: readonly LaterMinutes[];
  readonly expired: number;
  readonly erasures: readonly Erasure[];
};

/** Adds up a range. */
export function totalsOf(told: Told): Totals {
  const { ended, open, counted, erasures } = told;
  const inState = (state: string): readonly TaskSum[] => ended.filter((t) => t.state === state);
  const delivered = inState('delivered');
  const shares = delivered.flatMap((t) => t.shares ?? []);
  return {
    spend: sumSpend(counted),
    checking: sumSpend(counted.filter(({ purpose }) => purpose === 'review')),
    delivered: delivered.length,
    rejected: inState('rejected').length,
    cancelled: inState('cancelled').length,
    expired: told.expired,
    open: open.length,
    openCalls: total([...ended, ...open], (t) => t.openCalls),
    openSpend: sumSpend(open.map((t) => t.spend)),
    ...minutesIn(delivered, told),
    sentBack: {
      byGate: total(ended, (t) => t.sentBack.byGate),
      byPeople: total(ended, (t) => t.sentBack.byPeople),
    },
    shares: addShares(shares),
    attributed: shares.length,
    erased: total(erasures, ({ bodies }) => bodies),
  };
}

function total<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}

/** Saved is what delivered work would have taken by hand, less what was spent on reviewing all of it. */
function minutesIn(delivered: readonly TaskSum[], { ended, laterMinutes }: Told) {
  const minutes = {
    table: minutesBy(delivered, 'table'),
    persona: minutesBy(delivered, 'persona'),
    person: minutesBy(delivered, 'person'),
  };
  const ranges = delivered.map((t) => rangeOf(t.minutes?.said ?? NOT_SAID));
  const laterByHand = total(laterMinutes, ({ byHand }) => byHand);
  const laterReview = total(laterMinutes, ({ review }) => review);
  return {
    minutes,
    range: { low: total(ranges, ({ low }) => low), high: total(ranges, ({ high }) => high) },
    corrected: delivered.filter((t) => t.minutes?.basis === 'person').length,
    laterByHand,
    reviewMinutes: total(ended, (t) => t.reviewMinutes) + laterReview,
    saved: total(ended, (t) => t.saved) + laterByHand - laterReview,
  };
}

function minutesBy(tasks: readonly TaskSum[], basis: keyof Totals['minutes']): number {
  return total(tasks, ({ minutes }) => (minutes?.basis === basis ? minutes.byHand : 0));
}

function addShares(all: readonly Shares[]): Shares {
  return {
    ai: total(all, (s) => s.ai),
    program: total(all, (s) => s.program),
    people: total(all, (s) => s.people),
    broughtIn: total(all, (s) => s.broughtIn),
  };
}
