import { sha256 } from '../core/draft.ts';
import type { EntryValue } from '../core/entry.ts';
import type { PriceRow } from '../core/price.ts';
import { canonical } from '../ledger/canonical.ts';

/** A price row as it is kept for ever: its canonical JSON, so that a cost can be computed again from it. */
export function priceText(row: PriceRow): string {
  return canonical(row as unknown as EntryValue);
}

/** SHA-256 hex of that text: how an entry names the price it was booked with. */
export function priceHash(row: PriceRow): string {
  return sha256(priceText(row));
}
