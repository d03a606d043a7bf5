import { sha256 } from '../core/draft.ts';
import type { EntryValue } from '../core/entry.ts';
import type { Tariff } from '../core/cost.ts';
import type { Power } from '../core/power.ts';
import type { PriceRatio, PriceRow, PriceTable } from '../core/price.ts';
import type { SeatTerms } from '../core/seat.ts';
import { canonical } from '../ledger/canonical.ts';

/** How the figures of the own machine are named: there is one machine. */
export const OWN_MACHINE = 'own-machine';

type Priced = PriceRow | PriceRatio | SeatTerms | Power;

/** What a cost is computed from, as it is kept for ever: its canonical JSON, so that the cost can be computed again. */
export function priceText(priced: Priced): string {
  return canonical(priced as unknown as EntryValue);
}

/** SHA-256 hex of that text: how an entry names what it was booked with. */
export function priceHash(priced: Priced): string {
  return sha256(priceText(priced));
}

/** Everything of a price table that a cost may be computed from, with the name entries give it. */
export function pricedOf({ rows, ratios, power, seat }: PriceTable): readonly {
  readonly id: string;
  readonly priced: Priced;
}[] {
  const named = [...rows, ...ratios, ...seat].map((priced) => ({ id: priced.id, priced }));
  return [...named, { id: OWN_MACHINE, priced: power }];
}

/** How an entry names a tariff. */
export function tariffData(tariff: Tariff | null) {
  if (tariff === null) return { price: null, price_sha256: null };
  if (tariff.is === 'power') return { price: OWN_MACHINE, price_sha256: priceHash(tariff.power) };
  if (tariff.is === 'seat') {
    const { terms, before } = tariff;
    return { price: terms.id, price_sha256: priceHash(terms), credits_before: before };
  }
  const { row, ratios } = tariff;
  return {
    price: row.id,
    price_sha256: priceHash(row),
    ...(ratios.length === 0 ? {} : { ratios: ratios.map(priceHash) }),
  };
}
