import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { calcPrice } from '@pydantic/genai-prices';
import { priceOf } from '../../src/core/price.ts';
import { loadPrices } from '../../src/library/prices.ts';

/** What the other table says otherwise, and why ours stays: a new difference must be looked at and written down here. */
const KNOWN: Readonly<Record<string, string>> = {
  'sonnet-5-5-from-2026-10-07': 'it does not know of the cut of cache reads',
  'haiku-5-5-from-2026-10-07': 'it does not know the model',
};

const USAGE = { input: 700, cacheRead: 2_000, cacheWrite: 900, output: 400 };

test('our prices are those of another table, but for differences that are known', async () => {
  const table = await loadPrices(fileURLToPath(new URL('../../rules', import.meta.url)));
  const found: Record<string, string> = {};
  for (const row of table.rows.filter(({ promptOver }) => promptOver === 0)) {
    const { model, provider } = row;
    // The prices of the row's own day: a newer row takes its place later.
    const at = row.validFrom;
    const ours = priceOf({ ...USAGE, computeMs: 0 }, table, { provider, model, at });
    const theirs = calcPrice(
      {
        // Its input tokens include both cache counts.
        input_tokens: USAGE.input + USAGE.cacheRead + USAGE.cacheWrite,
        cache_read_tokens: USAGE.cacheRead,
        cache_write_tokens: USAGE.cacheWrite,
        output_tokens: USAGE.output,
      },
      model,
      { providerId: provider, timestamp: new Date(at) },
    );
    if (theirs === null) found[row.id] = 'it does not know this model';
    else if (ours.basis !== 'computed' || Math.abs(theirs.total_price * 1e9 - ours.nano) > 0.5)
      found[row.id] =
        `${ours.basis === 'computed' ? ours.nano : ours.basis} nano-USD, it says ${Math.round(theirs.total_price * 1e9)}`;
  }
  expect(found).toEqual(
    Object.fromEntries(Object.keys(KNOWN).map((id) => [id, expect.any(String)])),
  );
});
