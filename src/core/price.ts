import type { Moment } from './moment.ts';
import { divideHalfEven, nanoUsd, times, type NanoUsd } from './money.ts';
import type { Power } from './power.ts';
import type { SeatTerms } from './seat.ts';

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

/** What a way of being served costs of the list price, as a ratio of whole numbers: a batch at half the price is 1 to 2. */
export type PriceRatio = {
  readonly id: string;
  readonly provider: string;
  /** `tier` or `speed` as the provider reports it, and its word there. */
  readonly of: 'tier' | 'speed';
  readonly is: string;
  readonly validFrom: Moment;
  readonly times: number;
  readonly by: number;
  readonly source: string;
  readonly checkedOn: string;
};

export type PriceTable = {
  readonly rows: readonly PriceRow[];
  readonly ratios: readonly PriceRatio[];
  readonly power: Power;
  readonly seat: readonly SeatTerms[];
};

/** Token counts of one call, each token counted once (see the lane port), and milliseconds of own hardware. */
export type Spent = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly computeMs: number;
};

export type Asked = {
  readonly provider: string;
  readonly model: string;
  readonly at: Moment;
  /** How the provider says it served the call; absent where it says nothing, which is the plain price. */
  readonly tier?: string | undefined;
  readonly speed?: string | undefined;
};

export type ListPrice =
  | {
      readonly basis: 'computed';
      readonly nano: NanoUsd;
      readonly row: PriceRow;
      readonly ratios: readonly PriceRatio[];
    }
  | { readonly basis: 'unpriced' };

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

/** What providers call the plain way of being served: the list price as it stands. */
const PLAIN: ReadonlySet<string> = new Set(['standard', 'default']);

/** The ratios of how a call was served; undefined where one of them is not known, for then its price is not either. */
export function ratiosFor(
  all: readonly PriceRatio[],
  asked: Asked,
): readonly PriceRatio[] | undefined {
  const found: PriceRatio[] = [];
  for (const word of ['tier', 'speed'] as const) {
    const is = asked[word];
    if (is === undefined || PLAIN.has(is)) continue;
    const ratio = all
      .filter((r) => r.provider === asked.provider && r.of === word && r.is === is)
      .filter((r) => r.validFrom <= asked.at)
      .sort((a, b) => b.validFrom - a.validFrom)[0];
    if (ratio === undefined) return undefined;
    found.push(ratio);
  }
  return found;
}

/** List price of a usage: summed exactly in pico-USD, times its ratios, rounded once, half-even, to nano-USD. */
export function priceOf(
  usage: Spent,
  { rows, ratios }: Pick<PriceTable, 'rows' | 'ratios'>,
  asked: Asked,
): ListPrice {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite;
  const row = rowFor(rows, asked, prompt);
  const served = ratiosFor(ratios, asked);
  if (row === undefined || served === undefined) return { basis: 'unpriced' };
  const pico =
    times(usage.input, row.input) +
    times(usage.cacheRead, row.cacheRead) +
    times(usage.cacheWrite, row.cacheWrite) +
    times(usage.output, row.output);
  const over = served.reduce((product, ratio) => product * BigInt(ratio.times), 1n);
  const under = served.reduce((product, ratio) => product * BigInt(ratio.by), 1n);
  const nano = nanoUsd(Number(divideHalfEven(pico * over, 1000n * under)));
  return { basis: 'computed', nano, row, ratios: served };
}
