import { NANO_PER_CREDIT } from './credits.ts';
import type { NanoCredits } from './credits.ts';
import type { Moment } from './moment.ts';
import { divideHalfEven, nanoUsd, NO_COST, times, type NanoUsd } from './money.ts';

/** What a seat costs from one month on: a fee, the credits in it, and what each credit beyond costs. */
export type SeatTerms = {
  readonly id: string;
  /** The first moment of a month, 00:00 UTC on the 1st: a seat's month is that of its supplier. */
  readonly validFrom: Moment;
  readonly plan: string;
  /** A month, all seats together. */
  readonly fee: NanoUsd;
  readonly included: NanoCredits;
  /** Nano-USD for a credit past the included ones. */
  readonly overage: NanoUsd;
  /** List value of a credit, for comparison. */
  readonly list: NanoUsd;
  /** Nothing is metered: the fee is all there is, and its share is known when the month closes. */
  readonly flat: boolean;
  readonly source: string;
  readonly checkedOn: string;
};

/** The terms of the month that holds a moment; undefined before the first. */
export function termsAt(all: readonly SeatTerms[], at: Moment): SeatTerms | undefined {
  return all
    .filter(({ validFrom }) => validFrom <= at)
    .reduce<SeatTerms | undefined>(
      (newest, one) => (newest === undefined || one.validFrom > newest.validFrom ? one : newest),
      undefined,
    );
}

/** Credits of one call, and what was used of the month before it. */
export type SeatUse = { readonly credits: NanoCredits; readonly before: NanoCredits };

/** The part of a call's credits that the fee covers, and the part past it. */
export function dividedUse(
  { credits, before }: SeatUse,
  { included, flat }: SeatTerms,
): { readonly inside: NanoCredits; readonly over: NanoCredits } {
  const left = flat ? credits : Math.max(0, included - before);
  const inside = Math.min(credits, left);
  return { inside, over: credits - inside };
}

/** What a call on the seat is booked at until the month closes. */
export type SeatShare = {
  /** Credits past the included ones, at the price of each. */
  readonly cash: NanoUsd;
  /** Its part of the fee as if every included credit were used; 0 on a flat seat, whose parts are known at the close. */
  readonly allocated: NanoUsd;
  readonly list: NanoUsd;
};

/** Books a call on the seat; each part is rounded once, half-even. */
export function seatShare(use: SeatUse, terms: SeatTerms): SeatShare {
  const { inside, over } = dividedUse(use, terms);
  return {
    cash: perCredit(over, terms.overage),
    allocated:
      terms.flat || terms.included === 0
        ? NO_COST
        : nanoUsd(Number(divideHalfEven(times(inside, terms.fee), BigInt(terms.included)))),
    list: perCredit(use.credits, terms.list),
  };
}

function perCredit(credits: NanoCredits, price: NanoUsd): NanoUsd {
  return nanoUsd(Number(divideHalfEven(times(credits, price), BigInt(NANO_PER_CREDIT))));
}
