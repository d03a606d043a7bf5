import { Fault } from '../core/fault.ts';

/** No call of one person's work comes near this; a server that says more is wrong. */
const MOST = 1_000_000_000;
/** 10,000 credits of a seat in 10^-9: ten months of one person's plan. */
const MOST_NANO_CREDITS = 10_000_000_000_000;

/**
 * A count a server reported; absent counts as 0, for counts that a server may leave out. Throws Fault `unavailable` for
 * anything that cannot be a count, so that no cost is ever made from nonsense.
 */
export function wholeCount(value: unknown, what: string): number {
  return value === undefined || value === null ? 0 : counted(value, what, MOST);
}

/** A count without which nobody knows what a call used. Throws like `wholeCount`, and where it is absent. */
export function neededCount(value: unknown, what: string): number {
  return counted(value, what, MOST);
}

/** Credits of a seat in 10^-9. Throws like `wholeCount`, and where they are absent. */
export function creditCount(value: unknown, what: string): number {
  return counted(value, what, MOST_NANO_CREDITS);
}

function counted(value: unknown, what: string, most: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most)
    return value;
  throw new Fault(
    'unavailable',
    `Expected ${what} as a whole number up to ${most}, got ${JSON.stringify(value) ?? 'nothing'}. The server's usage cannot be trusted; check what answers there.`,
  );
}
