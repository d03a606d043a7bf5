import { sumSpend } from './spend.ts';
import type { CostItem, Erasure, Shares, TaskSum, Totals } from './sum-types.ts';

type Told = {
  readonly ended: readonly TaskSum[];
  readonly open: readonly TaskSum[];
  /** Every cost that counts in the range. */
  readonly counted: readonly CostItem[];
  readonly erasures: readonly Erasure[];
};

/** Adds up a range. */
export function totalsOf({ ended, open, counted, erasures }: Told): Totals {
  const inState = (state: string): readonly TaskSum[] => ended.filter((t) => t.state === state);
  const delivered = inState('delivered');
  const shares = delivered.flatMap((t) => t.shares ?? []);
  return {
    spend: sumSpend(counted),
    checking: sumSpend(counted.filter(({ purpose }) => purpose === 'review')),
    delivered: delivered.length,
    rejected: inState('rejected').length,
    cancelled: inState('cancelled').length,
    open: open.length,
    openCalls: total([...ended, ...open], (t) => t.openCalls),
    openSpend: sumSpend(open.map((t) => t.spend)),
    minutes: {
      table: minutesBy(delivered, 'table'),
      persona: minutesBy(delivered, 'persona'),
      person: minutesBy(delivered, 'person'),
    },
    reviewMinutes: total(ended, (t) => t.reviewMinutes ?? 0),
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
