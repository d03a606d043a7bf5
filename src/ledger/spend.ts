import type { Spend } from './sum-types.ts';

export const NOTHING_SPENT: Spend = { cash: 0n, allocated: 0n, adjusted: 0n, unpriced: 0 };

export function addSpend(a: Spend, b: Spend): Spend {
  return {
    cash: a.cash + b.cash,
    allocated: a.allocated + b.allocated,
    adjusted: a.adjusted + b.adjusted,
    unpriced: a.unpriced + b.unpriced,
  };
}

export function sumSpend(all: readonly Spend[]): Spend {
  return all.reduce(addSpend, NOTHING_SPENT);
}

/** The one headline figure: cash + allocated, corrections included. Without what has no known price. */
export function costOf({ cash, allocated, adjusted }: Spend): bigint {
  return cash + allocated + adjusted;
}

/** `12.345678901`: USD with nine decimals, exactly. Empty where nothing is known and something is not: unknown is never 0. */
export function exactUsd(nano: bigint, unpriced: number): string {
  if (nano === 0n && unpriced > 0) return '';
  const digits = String(nano < 0n ? -nano : nano).padStart(10, '0');
  return `${nano < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

const CENT = 10_000_000n;

/** `$1.23`, `$0.0042` under a cent, `$0.00` for exactly nothing; rounded half away from zero. For people. */
export function usdText(nano: bigint): string {
  const size = nano < 0n ? -nano : nano;
  const sign = nano < 0n ? '-' : '';
  if (size >= CENT || size === 0n) return `${sign}$${decimals(rounded(size, CENT), 2)}`;
  const small = rounded(size, 100_000n);
  if (small === 0n) return `${sign === '' ? 'less' : 'more'} than ${sign}$0.0001`;
  return `${sign}$${decimals(small, 4)}`;
}

/** `$1.20`, `at least $1.20` when some calls have no known price, `not known` when none has. */
export function spentText(spend: Spend): string {
  const cost = costOf(spend);
  if (spend.unpriced === 0) return usdText(cost);
  return cost === 0n ? 'not known' : `at least ${usdText(cost)}`;
}

function rounded(size: bigint, unit: bigint): bigint {
  return (size + unit / 2n) / unit;
}

function decimals(amount: bigint, places: number): string {
  const digits = String(amount).padStart(places + 1, '0');
  const whole = digits.slice(0, -places).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${whole}.${digits.slice(-places)}`;
}
