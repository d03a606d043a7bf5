import type { Lane } from './lane.ts';
import type { NanoUsd } from './money.ts';

/**
 * Credits are counted in two units, each on record and therefore here to stay: the seat reports and its calls are booked in
 * billionths, budgets count in millionths. This is the one place where one becomes the other.
 */

/** 10^-9 of a credit, as the seat's runtime reports them (`totalNanoAiu`); whole. */
export type NanoCredits = number;
/** 10^-6 of a credit, in which budgets are set, reserved and settled; whole. */
export type MicroCredits = number;

export const NANO_PER_CREDIT = 1_000_000_000;
export const MICRO_PER_CREDIT = 1_000_000;
export const NANO_PER_MICRO_CREDIT = NANO_PER_CREDIT / MICRO_PER_CREDIT;

/** 1 credit is 0.01 USD of list price (docs.github.com, billing of Copilot). */
const NANO_USD_PER_CREDIT = 10_000_000;
export const NANO_USD_PER_MICRO_CREDIT = NANO_USD_PER_CREDIT / MICRO_PER_CREDIT;

/** What the seat reported, as a budget counts it: rounded up, so that no part of a call goes uncounted. */
export function microCredits(reported: NanoCredits): MicroCredits {
  return Math.ceil(reported / NANO_PER_MICRO_CREDIT);
}

/** What a call at that list price draws, as a budget counts it, rounded up; null where the price is not known. */
export function creditsOf(lane: Lane, list: NanoUsd | null): MicroCredits | null {
  if (lane !== 'seat') return 0;
  return list === null ? null : Math.ceil(list / NANO_USD_PER_MICRO_CREDIT);
}
