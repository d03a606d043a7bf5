import { MICRO_PER_CREDIT } from './credits.ts';
import { nanoUsd, readUsd, usd } from './money.ts';

/**
 * What a budget caps. `cash`: what calls are charged, in nano-USD; `credits`: what the seat draws of its allowance, in
 * millionths of a credit; `tokens`: read and written; `minutes`: how long calls took, in milliseconds.
 */
export const FIGURES = ['cash', 'credits', 'tokens', 'minutes'] as const;
export type Figure = (typeof FIGURES)[number];

/** The unit of each figure, in words. */
export const UNIT_NAMES: Readonly<Record<Figure, string>> = {
  cash: 'nano-USD',
  credits: 'millionths of a credit',
  tokens: 'tokens',
  minutes: 'milliseconds',
};

/** A calendar month in the time zone of the practice, each anew, or once and for all. */
export const PERIODS = ['month', 'ever'] as const;
export type Period = (typeof PERIODS)[number];

/** One call in every figure, each in its unit; null where it is not known. */
export type Amounts = Readonly<Record<Figure, number | null>>;

/** A call that was never made. */
export const NOTHING_SPENT: Amounts = { cash: 0, credits: 0, tokens: 0, minutes: 0 };
/** Nothing is known of a call: what was reserved for it stays counted. */
export const NOT_KNOWN: Amounts = { cash: null, credits: null, tokens: null, minutes: null };

/** What a budget has used of its limit, all in the unit of its figure. */
export type Used = {
  readonly figure: Figure;
  /** What it was set to and what it was raised by in this period. */
  readonly limit: number;
  readonly spent: number;
  /** For calls that have not ended. */
  readonly reserved: number;
};

/** What nobody has spent or reserved; negative where more was spent than the limit is now. */
export function leftOf({ limit, spent, reserved }: Used): number {
  return limit - spent - reserved;
}

/** Whole percent of the limit that was spent, rounded down; anything is all of a limit of nothing. */
export function percentUsed({ limit, spent }: Pick<Used, 'limit' | 'spent'>): number {
  if (limit === 0) return spent === 0 ? 0 : 100;
  return Number((BigInt(spent) * 100n) / BigInt(limit));
}

/** From here on it is said. */
export const WARN_PERCENT = 80;

export function isNearlyUsed(used: Pick<Used, 'limit' | 'spent'>): boolean {
  return percentUsed(used) >= WARN_PERCENT;
}

const UNITS: Readonly<Record<Exclude<Figure, 'cash'>, number>> = {
  credits: MICRO_PER_CREDIT,
  tokens: 1,
  minutes: 60_000,
};
/** Far above any budget, and far below where whole numbers end. */
const MOST = 1_000_000_000_000_000;

/** What a person types for each figure; for errors and the docs. */
export const AMOUNT_SAYS: Readonly<Record<Figure, string>> = {
  cash: 'an amount in USD with at most nine decimals, such as 30 or 2.50',
  credits: 'a whole number of credits, such as 500',
  tokens: 'a whole number of tokens, such as 2000000',
  minutes: 'a whole number of minutes, such as 90',
};

/** Reads an amount that is not negative into the unit of its figure, exactly; undefined for anything else. */
export function readAmount(figure: Figure, text: string): number | undefined {
  if (figure === 'cash') return readUsd(text);
  if (!/^[0-9]{1,15}$/.test(text)) return undefined;
  const amount = Number(text) * UNITS[figure];
  return amount <= MOST ? amount : undefined;
}

/** `$12.40`, `500 credits`, `2,000,000 tokens`, `90 minutes`; parts of a credit or a minute to two places. */
export function amountText(figure: Figure, amount: number): string {
  if (figure === 'cash') return usd(nanoUsd(amount));
  const size = amount / UNITS[figure];
  const text = Number.isInteger(size) ? grouped(size) : size.toFixed(2);
  return `${text} ${size === 1 ? figure.slice(0, -1) : figure}`;
}

function grouped(whole: number): string {
  return String(whole).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/**
 * By how much a person is offered to raise a limit: what is short, rounded up to two digits in front, and half of the
 * limit where that is more.
 */
export function raiseOffers(figure: Figure, short: number, limit: number): readonly number[] {
  const least = roundedUp(short, figure === 'cash' ? SMALLEST_CASH : UNITS[figure]);
  const half = roundedUp(Math.ceil(limit / 2), 1);
  return half > least ? [least, half] : [least];
}

/** A tenth of a cent: nobody raises by less. */
const SMALLEST_CASH = 1_000_000;

function roundedUp(amount: number, smallest: number): number {
  const least = Math.max(amount, smallest);
  const step = Math.max(smallest, 10 ** (String(least).length - 2));
  return Math.ceil(least / step) * step;
}
