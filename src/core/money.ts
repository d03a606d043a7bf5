/** Money as a whole number of nano-USD (10^-9 USD). Safe as a number up to about 9 million USD. */
export type NanoUsd = number & { readonly __unit: 'nano-usd' };

export const NO_COST = 0 as NanoUsd;

export function nanoUsd(amount: number): NanoUsd {
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`money must be a whole number of nano-USD, got ${amount}`);
  return amount as NanoUsd;
}

export function addMoney(a: NanoUsd, b: NanoUsd): NanoUsd {
  return nanoUsd(a + b);
}

const CENT = 10_000_000;
/** Less than that would round to nothing at four places. */
const SMALL = 100_000;

/** `$1.23`, `$0.0042` under a cent, `$0.000012345` where that would say nothing, `$0.00` for exactly nothing. For people; never parsed again. */
export function usd(amount: NanoUsd): string {
  const sign = amount < 0 ? '-' : '';
  const size = Math.abs(amount);
  if (size === 0) return '$0.00';
  if (size < CENT)
    return `${sign}$${(size / 1e9).toFixed(size < SMALL ? 9 : 4).replace(/0+$/, '')}`;
  return `${sign}$${(size / 1e9).toFixed(2)}`;
}
