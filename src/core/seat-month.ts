import { apportion } from './apportion.ts';
import { dateOf, startOfDate } from './calendar.ts';
import type { Moment } from './moment.ts';
import { divideHalfEven, nanoUsd, times, type NanoUsd } from './money.ts';
import { dividedUse } from './seat.ts';
import type { SeatTerms } from './seat.ts';
import { NANO_PER_CREDIT } from './credits.ts';
import type { NanoCredits } from './credits.ts';

/** A calendar month, in UTC as the seat's supplier counts it: `2026-11`. */
export type Month = string & { readonly __unit: 'month' };

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Reads `2026-11`; undefined for anything else. */
export function readMonth(text: string): Month | undefined {
  return MONTH.test(text) ? (text as Month) : undefined;
}

export function monthOf(at: Moment): Month {
  const { year, month } = dateOf(at);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}` as Month;
}

/** From 00:00 UTC of its first day up to that of the next month. */
export function monthEdges(month: Month): { readonly from: Moment; readonly to: Moment } {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const next = number === 12 ? { year: year + 1, month: 1 } : { year, month: number + 1 };
  return {
    from: startOfDate({ year, month: number, day: 1 }),
    to: startOfDate({ ...next, day: 1 }),
  };
}

/** One call of the month, in the order of their ends. */
export type MonthCall = {
  /** Id of the client; null is the practice itself. */
  readonly party: string | null;
  readonly credits: NanoCredits;
};

/** What one party has of the invoice. */
export type PartyShare = {
  readonly party: string | null;
  readonly credits: NanoCredits;
  /** Whole cents. */
  readonly share: NanoUsd;
};

export type MonthShares = {
  readonly month: Month;
  readonly terms: SeatTerms;
  readonly used: NanoCredits;
  readonly over: NanoCredits;
  /** What the terms let expect, in whole cents. */
  readonly expected: NanoUsd;
  /** What is divided: the invoice as it was entered, else what is expected. */
  readonly invoice: NanoUsd;
  readonly parties: readonly PartyShare[];
  /** The part of the fee that nobody used. */
  readonly bench: NanoUsd;
};

const NANO_PER_CENT = 10_000_000n;

export type Closing = {
  readonly month: Month;
  readonly terms: SeatTerms;
  readonly calls: readonly MonthCall[];
  /** Absent while there is none: then what the terms let expect. */
  readonly invoice?: NanoUsd;
};

/**
 * Divides the invoice of a month: the fee by the credits it covered, with what nobody used as bench, and what went past them
 * to whoever used it. Both to the cent by largest remainder, so that all shares and the bench add up to the invoice.
 */
export function sharesOf({ month, terms, calls, invoice }: Closing): MonthShares {
  const { parties, inside, over } = byParty(calls, terms);
  const used = sum(inside) + sum(over);
  const overage = toCents(times(sum(over), terms.overage), BigInt(NANO_PER_CREDIT));
  const expected = toCents(BigInt(terms.fee), 1n) + overage;
  const whole = invoice === undefined ? expected : toCents(BigInt(invoice), 1n);
  // An invoice that differs, by a tax or a discount, differs in its fee.
  const overPart = overage < whole ? overage : whole;
  const unused = terms.flat ? 0 : Math.max(0, terms.included - sum(inside));
  const fee = apportion(whole - overPart, [...inside, unused].map(BigInt));
  const past = apportion(overPart, over.map(BigInt));
  const cents = parties.map((_, i) => (fee.parts[i] ?? 0n) + (past.parts[i] ?? 0n));
  return {
    month,
    terms,
    used,
    over: sum(over),
    expected: fromCents(expected),
    invoice: fromCents(whole),
    parties: parties.map((party, i) => ({
      party,
      credits: (inside[i] ?? 0) + (over[i] ?? 0),
      share: fromCents(cents[i] ?? 0n),
    })),
    bench: fromCents((fee.parts[parties.length] ?? 0n) + fee.rest + past.rest),
  };
}

/** Credits by party, in the order of their names; calls count against the included credits as they came. */
function byParty(calls: readonly MonthCall[], terms: SeatTerms) {
  const parties = [...new Set(calls.map(({ party }) => party))].sort((a, b) =>
    (a ?? '') < (b ?? '') ? -1 : 1,
  );
  const inside = parties.map(() => 0);
  const over = parties.map(() => 0);
  let before = 0;
  for (const { party, credits } of calls) {
    const i = parties.indexOf(party);
    const use = dividedUse({ credits, before }, terms);
    inside[i] = (inside[i] ?? 0) + use.inside;
    over[i] = (over[i] ?? 0) + use.over;
    before += credits;
  }
  return { parties, inside, over };
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

const toCents = (amount: bigint, by: bigint): bigint => divideHalfEven(amount, by * NANO_PER_CENT);

const fromCents = (cents: bigint): NanoUsd => nanoUsd(Number(cents * NANO_PER_CENT));
