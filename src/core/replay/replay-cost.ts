import type { Lane } from '../lane.ts';
import type { Moment } from '../moment.ts';
import type { NanoUsd } from '../money.ts';
import { nanoUsd, NO_COST } from '../money.ts';
import { LOCAL_SPEED } from '../price-estimate.ts';
import { powerCost } from '../power.ts';
import { priceOf } from '../price.ts';
import type { PriceTable, Spent } from '../price.ts';
import type { LaneOffer } from '../trace.ts';

/** What is known of a task whose lane would be another one. */
export type Moved = {
  readonly from: Lane;
  readonly to: Lane;
  /** When it was decided: prices of that day. */
  readonly at: Moment;
  /** Tokens of its work and repairs, all calls together; null where none was counted. */
  readonly spent: Spent | null;
  readonly offers: readonly LaneOffer[];
};

export type Prices = {
  readonly table: PriceTable;
  /** The model whose list price stands for the senior lane. */
  readonly seniorModel: string;
};

/**
 * What a task would have cost more (or less, below 0) on another lane, as an estimate: its recorded tokens at the list
 * price of each lane; where none were counted, the worst price offered then. The seat is paid anyway and the own machine
 * costs its electricity. Null where one of the two is not known.
 */
export function costDifference(moved: Moved, prices: Prices): NanoUsd | null {
  const before = costOn(moved.from, moved, prices);
  const now = costOn(moved.to, moved, prices);
  return before === null || now === null ? null : nanoUsd(now - before);
}

function costOn(lane: Lane, moved: Moved, { table, seniorModel }: Prices): NanoUsd | null {
  if (lane === 'tool' || lane === 'seat') return NO_COST;
  const { spent, at } = moved;
  if (spent === null) return moved.offers.find((offer) => offer.lane === lane)?.price ?? null;
  if (lane === 'local') return powerCost(computeMs(spent), table.power);
  // Tokens of all calls together are no single prompt: the lowest tier of the model counts.
  const asked = { provider: 'anthropic', model: seniorModel, at };
  const rows = table.rows.filter((row) => row.promptOver === 0);
  const price = priceOf(spent, { ...table, rows }, asked);
  return price.basis === 'unpriced' ? null : price.nano;
}

/** Measured where it was the own machine that worked; else at the slower speed of common hardware. */
function computeMs({ input, cacheRead, cacheWrite, output, computeMs: measured }: Spent): number {
  if (measured > 0) return measured;
  const { read, write } = LOCAL_SPEED.high;
  return Math.ceil(((input + cacheRead + cacheWrite) / read + output / write) * 1000);
}
