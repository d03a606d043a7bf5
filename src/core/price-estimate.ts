import type { Lane } from './lane.ts';
import { NO_COST, type NanoUsd } from './money.ts';
import { powerCost } from './power.ts';
import { priceOf, type Asked, type PriceTable, type Spent } from './price.ts';

/** What is known of a piece of work before it starts. */
export type Ahead = {
  /** Words of the request. */
  readonly words: number;
  /** Files that came with it; `size` in bytes. */
  readonly files: readonly { readonly size: number }[];
  readonly lane: Lane;
  readonly asked: Asked;
  readonly rehearsal: boolean;
};

/** From one smooth attempt (`low`) to a long answer that is sent back once (`high`). */
export type Estimate =
  | {
      readonly basis: 'computed' | 'allocated' | 'rehearsal';
      readonly low: NanoUsd;
      readonly high: NanoUsd;
    }
  | { readonly basis: 'unpriced' };

/** Tokens of persona, preamble and answer contract: a brief is at most 1,500 characters, the rest is about as long. */
const BRIEF_TOKENS = 1_200;
/** Tokens per English word and bytes per token, as commonly measured; both err to the dear side for code. */
const TOKENS_PER_WORD = 1.4;
const BYTES_PER_TOKEN = 3.5;
/** An 8B model on common hardware: tokens a second read and written; the slower figure for the high end. */
export const LOCAL_SPEED = { low: { read: 800, write: 60 }, high: { read: 200, write: 20 } };

/** The price range for a plan card. The tool lane is exactly 0; an unknown model is unpriced, never 0. */
export function estimate(ahead: Ahead, table: PriceTable): Estimate {
  if (ahead.lane === 'tool') return { basis: 'computed', low: NO_COST, high: NO_COST };
  if (ahead.rehearsal) return { basis: 'rehearsal', low: NO_COST, high: NO_COST };
  const { low, high } = usageAhead(ahead);
  if (ahead.lane === 'local') {
    return {
      basis: 'allocated',
      low: powerCost(low.computeMs, table.power),
      high: powerCost(high.computeMs, table.power),
    };
  }
  const least = priceOf(low, table, ahead.asked);
  const most = priceOf(high, table, ahead.asked);
  if (least.basis === 'unpriced' || most.basis === 'unpriced') return { basis: 'unpriced' };
  return { basis: 'computed', low: least.nano, high: most.nano };
}

function usageAhead(ahead: Ahead): { low: Spent; high: Spent } {
  const bytes = ahead.files.reduce((sum, file) => sum + file.size, 0);
  const material = ahead.words * TOKENS_PER_WORD + bytes / BYTES_PER_TOKEN;
  const prompt = BRIEF_TOKENS + material;
  const short = 400 + 0.3 * material;
  const long = 2_000 + 1.5 * material;
  return {
    low: spent(prompt, short, LOCAL_SPEED.low),
    high: spent(2 * prompt + long, 2 * long, LOCAL_SPEED.high),
  };
}

function spent(input: number, output: number, speed: { read: number; write: number }): Spent {
  return {
    input: Math.ceil(input),
    output: Math.ceil(output),
    cacheRead: 0,
    cacheWrite: 0,
    computeMs: Math.ceil((input / speed.read + output / speed.write) * 1000),
  };
}
