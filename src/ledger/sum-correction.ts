import { textIn } from './data.ts';
import type { Entry } from './read.ts';
import type { CostItem } from './sum-types.ts';

/**
 * A correction, or a share of the seat, as a cost of its own: nothing is edited, both stand. It counts on the lane of what it corrects; the first
 * that corrects a call without a known price makes that price known.
 */
export function correctionOf(entry: Entry, before: readonly CostItem[]): CostItem {
  const { id, at, data, costNano } = entry;
  const corrects = textIn(data, 'corrects');
  const corrected = before.find((item) => item.entry === corrects);
  const isKnown = before.some((item) => item.corrects === corrects);
  return {
    entry: id,
    corrects,
    at,
    lane: entry.lane ?? corrected?.lane ?? null,
    purpose: entry.type === 'seat.allocated' ? 'seat' : 'correction',
    cash: 0n,
    allocated: 0n,
    adjusted: BigInt(costNano ?? 0),
    unpriced: corrected?.unpriced === 1 && !isKnown ? -1 : 0,
  };
}
