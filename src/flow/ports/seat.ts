import type { ClientId } from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { NanoCredits } from '../../core/credits.ts';
import type { UnpricedModel } from '../price-check.ts';
import type { Entry } from '../../ledger/read.ts';

/** A call on the seat that reported credits, as it was booked; stand-ins report none that count. */
export type SeatCall = {
  /** Null is the practice itself. */
  readonly clientId: ClientId | null;
  readonly credits: NanoCredits;
  readonly costNano: NanoUsd;
};

export type SeatReads = {
  /** Credits of all calls that ended from `from` on and before `to`. */
  seatCredits(from: Moment, to: Moment): Promise<NanoCredits>;
  /** Those calls, in the order in which they ended. */
  seatCalls(from: Moment, to: Moment): Promise<readonly SeatCall[]>;
  /** Models that answered without a known price, most calls first; stand-ins are none. */
  unpricedModels(): Promise<readonly UnpricedModel[]>;
  /** Every closing of a month and every share, oldest first. */
  seatEntries(): Promise<readonly Entry[]>;
};
