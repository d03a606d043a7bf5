import { Fault } from '../core/fault.ts';

/** No call of one person's work comes near this; a server that says more is wrong. */
const MOST = 1_000_000_000;

/**
 * A count a server reported; absent counts as 0. Throws Fault `unavailable` for anything that cannot be a count,
 * so that no cost is ever made from nonsense.
 */
export function wholeCount(value: unknown, what: string): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MOST)
    return value;
  throw new Fault(
    'unavailable',
    `Expected ${what} as a whole number up to ${MOST}, got ${JSON.stringify(value)}. The server's usage cannot be trusted; check what answers there.`,
  );
}
