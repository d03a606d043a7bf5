import { startOfDay } from '../core/calendar.ts';
import type { Moment } from '../core/moment.ts';
import type { PriceTable } from '../core/price.ts';

/** A model that answered and whose price is not known. */
export type UnpricedModel = {
  readonly lane: string;
  readonly model: string;
  readonly calls: number;
};

export type PriceWarning = { readonly about: string; readonly says: string };

const DAY = 86_400_000;
/** Prices change every few weeks; a figure nobody compared for longer is a guess. */
const MOST_DAYS = 45;

/** What is not well with prices: figures that nobody compared with their source for long, and models without any. */
export function checkPrices(
  { rows, ratios, seat }: PriceTable,
  unpriced: readonly UnpricedModel[],
  now: Moment,
): readonly PriceWarning[] {
  const old = [...rows, ...ratios, ...seat].flatMap(({ id, checkedOn, source }) => {
    const days = Math.floor((now - startOfDay(checkedOn)) / DAY);
    if (days <= MOST_DAYS) return [];
    const says = `last compared with its source ${days} days ago (${checkedOn}). Compare it with ${source}, and enter the day.`;
    return [{ about: id, says }];
  });
  const unknown = unpriced.map(({ lane, model, calls }) => ({
    about: model,
    says: `${calls} ${calls === 1 ? 'call' : 'calls'} on the ${lane} lane without a known price. Add a row for exactly this model to rules/prices.yaml; what was booked before is corrected with \`aios cost adjust\`.`,
  }));
  return [...old, ...unknown];
}
