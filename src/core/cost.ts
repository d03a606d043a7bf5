import type { Lane } from './lane.ts';
import type { Moment } from './moment.ts';
import { addMoney, NO_COST, type NanoUsd } from './money.ts';
import { powerCost, powerSays, type Power } from './power.ts';
import { priceOf, type PriceRatio, type PriceRow, type PriceTable, type Spent } from './price.ts';
import { seatShare, termsAt, type SeatTerms } from './seat.ts';
import type { NanoCredits } from './credits.ts';

/** How a figure is known. What nobody knows the price of is `unpriced`, which is never shown as 0. */
export type Basis = 'reported' | 'computed' | 'allocated' | 'unpriced' | 'rehearsal';

/**
 * The money of one call, in nano-USD. `cash` is the metered charge it caused, `allocated` its share of what is paid anyway
 * (the seat's is provisional until its month closes); both together are what it cost. `list` is what the same use costs at
 * list price, for comparison: never added, null where there is no such price.
 */
export type CostParts = {
  readonly cash: NanoUsd;
  readonly allocated: NanoUsd;
  readonly list: NanoUsd | null;
};

/** What a figure was computed from; every one of them is kept by its hash. */
export type Tariff =
  | { readonly is: 'prices'; readonly row: PriceRow; readonly ratios: readonly PriceRatio[] }
  | { readonly is: 'power'; readonly power: Power }
  | { readonly is: 'seat'; readonly terms: SeatTerms; readonly before: NanoCredits };

/**
 * What one call cost and how that is known. `computed`: tokens times the list price, or an exact program, which costs
 * nothing. `reported`: the supplier said the credits. `allocated`: own hardware. `rehearsal`: a stand-in answered, no
 * money exists; `played` is what it would have been, and is in no sum.
 */
export type Cost =
  | (CostParts & {
      readonly basis: 'reported' | 'computed' | 'allocated';
      readonly tariff: Tariff | null;
      /** What stands beside the figure. */
      readonly says?: string;
    })
  | { readonly basis: 'rehearsal'; readonly played: PlayedCost | null }
  | { readonly basis: 'unpriced' };

export type PlayedCost = CostParts & { readonly tariff: Tariff | null };

/** A finished call as far as money is concerned. */
export type Call = {
  readonly lane: Lane;
  readonly provider: string;
  readonly modelServed: string;
  /** The model a stand-in stands for is the one that was asked. */
  readonly modelRequested: string;
  readonly at: Moment;
  readonly usage: Spent;
  readonly tier?: string | undefined;
  readonly speed?: string | undefined;
  /** Credits the seat reported; absent where it reported none. */
  readonly credits?: NanoCredits | undefined;
  /** Credits of the same month before this call. */
  readonly creditsBefore: NanoCredits;
  readonly rehearsal: boolean;
};

const FREE = { cash: NO_COST, allocated: NO_COST, list: null } as const;

/** What a finished call cost. A stand-in's call is never money, whatever model name it served. */
export function costOf(call: Call, table: PriceTable): Cost {
  if (call.lane === 'tool') return { ...FREE, basis: 'computed', tariff: null };
  if (!call.rehearsal) return realCost(call, table);
  const played = realCost({ ...call, modelServed: call.modelRequested }, table);
  if (played.basis === 'unpriced' || played.basis === 'rehearsal')
    return { basis: 'rehearsal', played: null };
  const { cash, allocated, list, tariff } = played;
  return { basis: 'rehearsal', played: { cash, allocated, list, tariff } };
}

function realCost(call: Call, table: PriceTable): Cost {
  if (call.lane === 'local') return ownMachine(call, table.power);
  if (call.lane === 'seat' && call.credits !== undefined) return onSeat(call, table.seat);
  return metered(call, table);
}

function ownMachine({ usage }: Call, power: Power): Cost {
  return {
    ...FREE,
    basis: 'allocated',
    allocated: powerCost(usage.computeMs, power),
    tariff: { is: 'power', power },
    says: powerSays(power),
  };
}

function onSeat({ credits = 0, creditsBefore: before, at }: Call, all: readonly SeatTerms[]): Cost {
  const terms = termsAt(all, at);
  if (terms === undefined) return { basis: 'unpriced' };
  const share = seatShare({ credits, before }, terms);
  return { ...share, basis: 'reported', tariff: { is: 'seat', terms, before } };
}

function metered(
  { provider, modelServed: model, at, usage, tier, speed }: Call,
  table: PriceTable,
): Cost {
  const price = priceOf(usage, table, { provider, model, at, tier, speed });
  if (price.basis === 'unpriced') return { basis: 'unpriced' };
  const { nano, row, ratios } = price;
  return {
    basis: 'computed',
    cash: nano,
    allocated: NO_COST,
    list: nano,
    tariff: { is: 'prices', row, ratios },
  };
}

/** Cash and allocated together: the one headline figure. Null where it is not known; a stand-in's is nothing. */
export function headline(cost: Cost): NanoUsd | null {
  if (cost.basis === 'unpriced') return null;
  return cost.basis === 'rehearsal' ? NO_COST : addMoney(cost.cash, cost.allocated);
}
