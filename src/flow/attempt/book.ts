import { costOf, headline } from '../../core/cost.ts';
import type { Cost } from '../../core/cost.ts';
import { monthEdges, monthOf } from '../../core/seat-month.ts';
import type { NanoUsd } from '../../core/money.ts';
import { technicalName } from '../../core/technical-name.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { AttemptRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { tariffData } from '../price-text.ts';

/** A finished call as it is booked: what it cost, as its row and its entry say it. */
export type Booked = {
  /** Cash and allocated together; null is not known. */
  readonly nano: NanoUsd | null;
  readonly row: Pick<
    AttemptRow,
    'costNano' | 'costBasis' | 'allocatedNano' | 'listNano' | 'playedNano' | 'credits'
  >;
  readonly data: ReturnType<typeof dataOf>;
};

/** Prices a finished call, once. Credits of the seat count against those of its month that were used before. */
export async function bookCall(
  world: Pick<World, 'clock' | 'library' | 'store'>,
  { lane }: Pick<AttemptRow, 'lane'>,
  result: LaneResult,
): Promise<Booked> {
  const at = world.clock.now();
  const { credits } = result;
  const month = monthEdges(monthOf(at));
  const creditsBefore =
    credits === undefined ? 0 : await world.store.seatCredits(month.from, month.to);
  const { provider, modelServed, modelRequested, usage, tier, speed, rehearsal } = result;
  const call = { lane, provider, modelServed, modelRequested, at, usage, tier, speed, rehearsal };
  const cost = costOf({ ...call, credits, creditsBefore }, world.library.prices);
  return { nano: headline(cost), row: rowOf(cost, result), data: dataOf(cost, result) };
}

function rowOf(cost: Cost, { credits }: LaneResult): Booked['row'] {
  const parts = cost.basis === 'unpriced' || cost.basis === 'rehearsal' ? null : cost;
  return {
    costBasis: cost.basis,
    costNano: headline(cost),
    allocatedNano: parts?.allocated ?? null,
    listNano: parts?.list ?? null,
    playedNano: cost.basis === 'rehearsal' ? playedOf(cost) : null,
    credits: credits ?? null,
  };
}

function playedOf({ played }: Extract<Cost, { basis: 'rehearsal' }>): NanoUsd | null {
  return played === null ? null : headline({ ...played, basis: 'computed' });
}

function dataOf(cost: Cost, { tier, speed, credits }: LaneResult) {
  return {
    basis: cost.basis,
    ...partsData(cost),
    ...(credits === undefined ? {} : { credits }),
    ...(tier === undefined ? {} : { tier: technicalName(tier) }),
    ...(speed === undefined ? {} : { speed: technicalName(speed) }),
  };
}

function partsData(cost: Cost) {
  if (cost.basis === 'unpriced') return tariffData(null);
  if (cost.basis === 'rehearsal') {
    const { played } = cost;
    if (played === null) return tariffData(null);
    const { cash, allocated, tariff } = played;
    return { played: { cash, allocated }, ...tariffData(tariff) };
  }
  const { cash, allocated, list, tariff } = cost;
  return { cash, allocated, list, ...tariffData(tariff) };
}
