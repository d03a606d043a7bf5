import type { Lane } from './lane.ts';
import type { Moment } from './moment.ts';
import { NO_COST, nanoUsd, type NanoUsd } from './money.ts';

/** Integer pico-USD per token, which is USD per million tokens x 10^6: 2.5 USD per MTok is 2,500,000. */
export type PicoPerToken = number;

/** One list price of one exact model from one moment on. Old rows are never changed, so old sums can be made again. */
export type PriceRow = {
  readonly id: string;
  readonly provider: string;
  /** Exact model id as the provider writes it; a sibling's price is never used. */
  readonly model: string;
  readonly validFrom: Moment;
  /** The row counts for prompts with more tokens than this; 0 for the lowest tier, which every model has. */
  readonly promptOver: number;
  readonly input: PicoPerToken;
  readonly output: PicoPerToken;
  readonly cacheRead: PicoPerToken;
  readonly cacheWrite: PicoPerToken;
  readonly source: string;
  /** `YYYY-MM-DD`, the day a person last compared the row with its source. */
  readonly checkedOn: string;
};

/** What own hardware costs while it computes. Hardware itself is not in it: electricity only. */
export type Power = { readonly watts: number; readonly nanoUsdPerKwh: number };

export type PriceTable = { readonly rows: readonly PriceRow[]; readonly power: Power };

/** Token counts of one call, each token counted once (see the lane port), and milliseconds of own hardware. */
export type Spent = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly computeMs: number;
};

export type Asked = { readonly provider: string; readonly model: string; readonly at: Moment };

export type ListPrice =
  | { readonly basis: 'computed'; readonly nano: NanoUsd; readonly row: PriceRow }
  | { readonly basis: 'unpriced' };

/**
 * What one call cost and how that is known. `computed`: tokens times the list price (row null: an exact program, which
 * costs nothing). `allocated`: electricity of own hardware. `rehearsal`: a stand-in answered, no money exists.
 * `unpriced`: not known, which is never shown as 0.
 */
export type Cost =
  | { readonly basis: 'computed'; readonly nano: NanoUsd; readonly row: PriceRow | null }
  | { readonly basis: 'allocated'; readonly nano: NanoUsd; readonly says: string }
  | { readonly basis: 'rehearsal'; readonly nano: NanoUsd }
  | { readonly basis: 'unpriced' };

/** A finished call as far as money is concerned. */
export type Call = {
  readonly lane: Lane;
  readonly provider: string;
  readonly modelServed: string;
  readonly at: Moment;
  readonly usage: Spent;
  readonly rehearsal: boolean;
};

/** Integer division of non-negative bigints, a tie going to the even neighbour (IEEE 754 roundTiesToEven). */
export function divideHalfEven(amount: bigint, by: bigint): bigint {
  const whole = amount / by;
  const twice = (amount % by) * 2n;
  if (twice < by) return whole;
  if (twice > by) return whole + 1n;
  return whole % 2n === 0n ? whole : whole + 1n;
}

/** The row for an exact model at a moment and prompt length (input + cache reads + cache writes): the newest start, then the highest tier passed. */
export function rowFor(
  rows: readonly PriceRow[],
  asked: Asked,
  prompt: number,
): PriceRow | undefined {
  const known = rows.filter(
    (r) => r.provider === asked.provider && r.model === asked.model && r.validFrom <= asked.at,
  );
  const newest = known.reduce((latest, r) => Math.max(latest, r.validFrom), -Infinity);
  return known
    .filter((r) => r.validFrom === newest && (r.promptOver === 0 || prompt > r.promptOver))
    .sort((a, b) => b.promptOver - a.promptOver)[0];
}

/** List price of a usage: summed exactly in pico-USD, rounded once, half-even, to nano-USD. */
export function priceOf(usage: Spent, rows: readonly PriceRow[], asked: Asked): ListPrice {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite;
  const row = rowFor(rows, asked, prompt);
  if (row === undefined) return { basis: 'unpriced' };
  const pico =
    times(usage.input, row.input) +
    times(usage.cacheRead, row.cacheRead) +
    times(usage.cacheWrite, row.cacheWrite) +
    times(usage.output, row.output);
  return { basis: 'computed', nano: nanoUsd(Number(divideHalfEven(pico, 1000n))), row };
}

/** Electricity of own hardware in nano-USD: watts x milliseconds / 3.6e9 are kWh, times the tariff, rounded once half-even. */
export function electricity(computeMs: number, power: Power): NanoUsd {
  const amount = times(computeMs, power.watts) * BigInt(power.nanoUsdPerKwh);
  return nanoUsd(Number(divideHalfEven(amount, 3_600_000_000n)));
}

/** What a finished call cost. A stand-in's call is never priced as money, whatever model name it served. */
export function costOf(call: Call, table: PriceTable): Cost {
  if (call.lane === 'tool') return { basis: 'computed', nano: NO_COST, row: null };
  if (call.rehearsal) return { basis: 'rehearsal', nano: NO_COST };
  if (call.lane === 'local') {
    const nano = electricity(call.usage.computeMs, table.power);
    return { basis: 'allocated', nano, says: 'electricity only' };
  }
  return priceOf(call.usage, table.rows, {
    provider: call.provider,
    model: call.modelServed,
    at: call.at,
  });
}

function times(count: number, price: number): bigint {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`a count must be a whole number of at least 0, got ${count}`);
  return BigInt(count) * BigInt(price);
}
