import type { ClientId } from '../id.ts';
import type { Lane } from '../lane.ts';
import type { Moment } from '../moment.ts';
import type { NanoUsd } from '../money.ts';
import type { Spent } from '../price.ts';
import { laneAfter, replayConsult } from './replay-consult.ts';
import type { ConsultChange, PastConsult, ReplayedConsult } from './replay-consult.ts';
import { costDifference } from './replay-cost.ts';
import type { Prices } from './replay-cost.ts';
import { addCost, countAll } from './replay-tally.ts';
import type { Changed, CostSum } from './replay-tally.ts';
import type { RuleSet } from '../rule-set.ts';

/** A consulting of the cascade rules in the record, with what is known of the work that followed. */
export type PastStuck = {
  /** `#142.2`. */
  readonly number: string;
  readonly at: Moment;
  readonly client: ClientId | null;
  /** When the route was decided that it came after. */
  readonly routedAt: Moment | null;
  /** Tokens of the calls that followed on each lane, up to the next decision of a route. */
  readonly spent: Readonly<Partial<Record<Lane, Spent>>>;
  /** Null where the entries do not hold all it was decided on. */
  readonly past: PastConsult | null;
};

/** A consulting that came out otherwise. */
export type ChangedStuck = {
  readonly number: string;
  readonly at: Moment;
  /** The lane on which the task was stuck. */
  readonly lane: Lane;
  readonly replayed: ReplayedConsult;
  /** Estimated difference in cost; absent where the task stays on, or goes to, the same lane. */
  readonly nano?: NanoUsd | null;
};

/** What consulting again came to so far. */
export type ConsultTally = CostSum & {
  consulted: number;
  identical: number;
  /** Of all, those after which the task was escalated. */
  escalated: number;
  otherRules: number;
  faults: number;
  unreadable: number;
  /** Came after something that would have gone otherwise: nobody knows what would have been there to decide. */
  moot: number;
  readonly by: Map<ConsultChange, number>;
  /** Tasks that would be worked on another lane: nobody knows how well. */
  qualityUnknown: number;
  /** The stretches of tasks, each begun by a decision of a route, that would have gone otherwise. */
  readonly left: Set<string>;
};

export function emptyConsultTally(): ConsultTally {
  const counts = { consulted: 0, identical: 0, escalated: 0, otherRules: 0, faults: 0 };
  const costs = { nano: 0n, priced: 0, unpriced: 0, qualityUnknown: 0 };
  return { ...counts, ...costs, unreadable: 0, moot: 0, by: new Map(), left: new Set() };
}

/** Notes a decision of a route that would have been another: what came after it until the next is not decided again. */
export function noteRoute(tally: ConsultTally, changed: Changed): void {
  const { number, at, changes, overrode, replayed } = changed;
  const moves = (['lane', 'now_asks', 'answers_otherwise'] as const).some((one) =>
    changes.includes(one),
  );
  if (moves && overrode === null && !replayed.sameRules) tally.left.add(stretch(number, at));
}

/** Until a decision of a route, a person's too, puts a task somewhere anew, what happens to it hangs together. */
const stretch = (number: string, routedAt: Moment | null): string => `${number} ${routedAt ?? ''}`;

/** Consults the rules about one again and counts it. Gives what came out otherwise; null where nothing did. */
export function takeStuck(
  tally: ConsultTally,
  stuck: PastStuck,
  by: Prices & { readonly rules: RuleSet },
): ChangedStuck | null {
  const { number, at, past } = stuck;
  if (past === null) {
    tally.unreadable += 1;
    return null;
  }
  const replayed = replayConsult(past, by.rules);
  if (isMoot(tally, stuck, replayed)) {
    tally.moot += 1;
    return null;
  }
  count(tally, replayed);
  if (replayed.changes.length === 0) return null;
  const { lane } = past.recorded.on;
  return { number, at, lane, replayed, ...moved(tally, { stuck, past, replayed }, by) };
}

const isFault = ({ changes, sameRules }: ReplayedConsult): boolean =>
  changes.length > 0 && (sameRules || changes.includes('not_borne_out'));

/** Whether it came after what would have gone otherwise. A fault of the record is none the less one. */
function isMoot({ left }: ConsultTally, stuck: PastStuck, replayed: ReplayedConsult): boolean {
  if (isFault(replayed) || replayed.sameRules) return false;
  return left.has(stretch(stuck.number, stuck.routedAt));
}

function count(tally: ConsultTally, replayed: ReplayedConsult): void {
  const { changes, sameRules, before } = replayed;
  tally.consulted += 1;
  if (before.came === 'goes') tally.escalated += 1;
  if (!sameRules) tally.otherRules += 1;
  if (isFault(replayed)) tally.faults += 1;
  if (changes.length === 0) tally.identical += 1;
  countAll(tally.by, changes);
}

type Taken = {
  readonly stuck: PastStuck;
  readonly past: PastConsult;
  readonly replayed: ReplayedConsult;
};

/** Where the task would be on another lane from there on: what that costs, and that the rest of its stretch is moot. */
function moved(
  tally: ConsultTally,
  { stuck, past, replayed }: Taken,
  by: Prices,
): Pick<ChangedStuck, 'nano'> {
  const { lane } = past.recorded.on;
  const from = laneAfter(replayed.before, lane);
  const to = laneAfter(replayed.now, lane);
  if (from === to) return {};
  const { number, at, routedAt, spent } = stuck;
  if (!replayed.sameRules) tally.left.add(stretch(number, routedAt));
  tally.qualityUnknown += 1;
  const { offers } = past;
  const nano = costDifference({ from, to, at, spent: spent[from] ?? null, offers }, by);
  return { nano: addCost(tally, nano) };
}
