import { checkPrices } from '../flow/price-check.ts';
import { loadPrices } from '../library/prices.ts';
import { CLOCK } from '../main/clock.ts';
import { ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

/** Whether what costs are booked by is looked after. */
export const PRICES: readonly Check[] = [{ id: 'prices', test: prices }];

async function prices({ config }: Look): Promise<Finding> {
  const table = await loadPrices(config.rulesFolder);
  const old = checkPrices(table, [], CLOCK.now());
  if (old.length === 0) return ok('Every price was compared with its source not long ago.');
  return warn(
    `Not compared with their sources for long: ${old.map(({ about }) => about).join(', ')}.`,
    'aios prices check names each with its source, and models that answered without a price.',
  );
}
