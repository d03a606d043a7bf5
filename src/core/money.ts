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

const SIGNED = /^([+-])\$?(\d{1,6})(?:\.(\d{1,9}))?$/;
const NANO = 1_000_000_000n;

/**
 * A signed amount of USD, `+0.12` or `-$1.5`, with at most nine decimals: exactly, never through a float. Undefined for
 * anything else. A long minus or dash counts as `-`.
 */
export function readSignedUsd(text: string): NanoUsd | undefined {
  const [, sign, whole = '', part = ''] = SIGNED.exec(text.replace(/^[\u2212\u2013]/, '-')) ?? [];
  if (sign === undefined) return undefined;
  const size = BigInt(whole) * NANO + BigInt(part.padEnd(9, '0'));
  return nanoUsd(Number(sign === '-' ? -size : size));
}

/** `-0.120000000`: USD with all nine places, made from whole nano-USD and never through a float. */
export function decimalUsd(amount: NanoUsd): string {
  const size = BigInt(Math.abs(amount));
  return `${amount < 0 ? '-' : ''}${size / NANO}.${String(size % NANO).padStart(9, '0')}`;
}

/** `+$0.12`, `-$0.000000001`: to the last nano-USD, with its sign. */
export function signedUsd(amount: NanoUsd): string {
  return `${amount < 0 ? '' : '+'}${exactAmount(amount)}`;
}

/** Integer division of non-negative bigints, a tie going to the even neighbour (IEEE 754 roundTiesToEven). */
export function divideHalfEven(amount: bigint, by: bigint): bigint {
  const whole = amount / by;
  const twice = (amount % by) * 2n;
  if (twice < by) return whole;
  if (twice > by) return whole + 1n;
  return whole % 2n === 0n ? whole : whole + 1n;
}

/** A count times a price, exactly. Throws RangeError for a count that is no whole number of at least 0. */
export function times(count: number, price: number): bigint {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`a count must be a whole number of at least 0, got ${count}`);
  return BigInt(count) * BigInt(price);
}

const UNSIGNED = /^\$?(\d{1,6})(?:\.(\d{1,9}))?$/;

/** An amount of USD without a sign, `19` or `19.05`: exactly, never through a float. Undefined for anything else. */
export function readUsd(text: string): NanoUsd | undefined {
  return UNSIGNED.test(text) ? readSignedUsd(`+${text}`) : undefined;
}

/** `$19.00`, `$0.012345`: to the last nano-USD, with at least two places. */
export function exactAmount(amount: NanoUsd): string {
  const text = decimalUsd(amount).replace(/0{1,7}$/, '');
  return text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`;
}
