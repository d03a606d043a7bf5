import type { BodyId, ClientId } from '../id.ts';
import type { Lane } from '../lane.ts';
import type { Moment } from '../moment.ts';
import type { NanoUsd } from '../money.ts';
import type { Spent } from '../price.ts';
import type { Recorded } from './recorded.ts';
import { replay } from './replay.ts';
import type { By, Change, Replayed } from './replay.ts';
import { costDifference } from './replay-cost.ts';
import type { Prices } from './replay-cost.ts';

/** A decision in the record, with what is known of the work it led to. */
export type PastStep = {
  /** `#142.2`. */
  readonly number: string;
  readonly at: Moment;
  /** Whose work it is; null while that was not known. */
  readonly client: ClientId | null;
  /** Whether no later decision of the same task was recorded: it alone counts for money. */
  readonly last: boolean;
  /** The lane a person chose instead of what the rules decided; null where they left it. */
  readonly overrode: Lane | null;
  readonly spent: Spent | null;
  /** The body that holds the words it was read from, as they stand now; null where none is known. */
  readonly piece: BodyId | null;
  /** Null where the entry holds no decision that could be taken again. */
  readonly recorded: Recorded | null;
};

/** A decision that came out otherwise. */
export type Changed = {
  readonly number: string;
  readonly at: Moment;
  readonly changes: readonly Change[];
  readonly replayed: Replayed;
  readonly overrode: Lane | null;
  /** Estimated difference in cost; absent where the lane stays, or a person or a later decision chose it. */
  readonly nano?: NanoUsd | null;
};

/** Estimated differences in cost, added up. */
export type CostSum = { nano: bigint; priced: number; unpriced: number };

/** What a replay came to so far; added to while decisions stream by. */
export type Tally = CostSum & {
  decided: number;
  identical: number;
  /** Decided under another rule set than the one they are decided under now. */
  otherRules: number;
  /** Came out otherwise under the very rule set they were decided under. */
  faults: number;
  unreadable: number;
  readonly by: Map<Change, number>;
  /** Tasks that would be worked elsewhere or by somebody else: nobody knows how well. */
  qualityUnknown: number;
};

export function emptyTally(): Tally {
  const counts = { decided: 0, identical: 0, otherRules: 0, faults: 0, unreadable: 0 };
  return { ...counts, by: new Map(), nano: 0n, priced: 0, unpriced: 0, qualityUnknown: 0 };
}

/** Decides one again and counts it. Gives what came out otherwise; null where nothing did. */
export function takeStep(tally: Tally, step: PastStep, by: By & Prices): Changed | null {
  if (step.recorded === null) {
    tally.unreadable += 1;
    return null;
  }
  const replayed = replay(step.recorded, by);
  const { changes, sameRules } = replayed;
  tally.decided += 1;
  if (!sameRules) tally.otherRules += 1;
  if (changes.length === 0) {
    tally.identical += 1;
    return null;
  }
  if (sameRules) tally.faults += 1;
  countAll(tally.by, changes);
  if (step.last && (changes.includes('lane') || changes.includes('persona')))
    tally.qualityUnknown += 1;
  const { number, at, overrode } = step;
  return { number, at, changes, replayed, overrode, ...money(tally, step, { replayed, by }) };
}

type Priced = { readonly replayed: Replayed; readonly by: Prices };

function money(tally: Tally, step: PastStep, { replayed, by }: Priced): Pick<Changed, 'nano'> {
  const { before, now, changes } = replayed;
  const from = before.lane ?? null;
  if (!step.last || step.overrode !== null || !changes.includes('lane')) return {};
  if (from === null || now.lane === null) return {};
  const { at, spent, recorded } = step;
  const moved = { from, to: now.lane, at, spent, offers: recorded?.offers ?? [] };
  return { nano: addCost(tally, costDifference(moved, by)) };
}

/** Adds what may be known of a difference, and gives it. */
export function addCost(sum: CostSum, nano: NanoUsd | null): NanoUsd | null {
  if (nano === null) sum.unpriced += 1;
  else {
    sum.priced += 1;
    sum.nano += BigInt(nano);
  }
  return nano;
}

export function countAll<T>(by: Map<T, number>, all: readonly T[]): void {
  for (const one of all) by.set(one, (by.get(one) ?? 0) + 1);
}
