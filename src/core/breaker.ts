import type { FaultCode } from './fault.ts';
import { planOf } from './fault-plan.ts';
import { moment } from './moment.ts';
import type { Moment } from './moment.ts';

/** One ended attempt on a lane, as far as it says something about the lane. */
export type LaneTry = {
  readonly id: string;
  /** `ok`, a fault code, `interrupted` or `discarded`. */
  readonly outcome: string;
  readonly endedAt: Moment;
  /** Before which the server said not to come again; null where it named no time. */
  readonly notBefore: Moment | null;
};

/** The numbers of `rules/life.yaml`. */
export type BreakerNumbers = {
  /** Faults in a row that open it. */
  readonly faults: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
};

/**
 * How a lane stands by its own record. `open`: nobody is sent there before `until`; `half_open`: one is, to see whether it
 * is well again. `named`: it is open only because the server asked for that time.
 */
export type Breaker =
  | { readonly is: 'closed' }
  | {
      readonly is: 'open' | 'half_open';
      readonly faults: number;
      readonly code: FaultCode;
      readonly since: Moment;
      readonly until: Moment;
      readonly named: boolean;
    };

/** Tries that have to be known to decide: more faults in a row only repeat the longest pause. */
export const TRIES_KNOWN = 32;

/**
 * The breaker of a lane from its ended attempts, newest first. Pure: it has no state beside the record, so a restart
 * forgets nothing and every process sees the same.
 */
export function breakerOf(
  tries: readonly LaneTry[],
  numbers: BreakerNumbers,
  now: Moment,
): Breaker {
  const row = faultsInARow(tries);
  const newest = row[0];
  if (newest === undefined) return { is: 'closed' };
  const named = Math.max(0, ...row.map(({ notBefore }) => notBefore ?? 0));
  const counts = row.length >= numbers.faults || row.some(({ outcome }) => isOut(outcome));
  const until = counts ? Math.max(named, newest.endedAt + pauseMs(row.length, numbers)) : named;
  if (!counts && now >= until) return { is: 'closed' };
  return {
    is: now < until ? 'open' : 'half_open',
    faults: row.length,
    code: newest.outcome as FaultCode,
    since: row.at(-1)?.endedAt ?? newest.endedAt,
    until: moment(until),
    named: !counts,
  };
}

/** The faults of the lane since it last answered; what says nothing about it is passed over. */
function faultsInARow(tries: readonly LaneTry[]): readonly LaneTry[] {
  const row: LaneTry[] = [];
  for (const one of tries) {
    const news = newsOf(one.outcome);
    if (news === 'well') break;
    if (news !== 'nothing') row.push(one);
  }
  return row;
}

function newsOf(outcome: string) {
  if (outcome === 'interrupted') return 'nothing';
  return planOf(outcome)?.lane ?? 'well';
}

const isOut = (outcome: string): boolean => planOf(outcome)?.lane === 'out';

/** Doubles with each further fault, up to the longest. */
function pauseMs(faults: number, { faults: opens, ...pause }: BreakerNumbers): number {
  const more = Math.min(Math.max(0, faults - opens), 30);
  return Math.min(pause.longestPauseMs, pause.firstPauseMs * 2 ** more);
}
