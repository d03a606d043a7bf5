import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import type { PriceTable } from '../../src/core/price.ts';
import { bookCall } from '../../src/flow/attempt/book.ts';
import type { LaneResult } from '../../src/flow/ports/lanes.ts';
import type { World } from '../../src/flow/ports/world.ts';
import { pricedOf, priceHash, priceText } from '../../src/flow/price-text.ts';
import type { Data } from '../../src/ledger/data.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { recompute } from '../../src/ledger/recompute.ts';
import { loadPrices } from '../../src/library/prices.ts';

let table: PriceTable;
let kept: ReadonlyMap<string, Data>;
beforeAll(async () => {
  const shipped = await loadPrices(fileURLToPath(new URL('../../rules', import.meta.url)));
  const odd = shipped.rows[0];
  if (odd === undefined) throw new Error('expected prices');
  // Prices of which a token is an odd number of half nano-USD: sums that end between two wholes are common.
  const half = { ...odd, id: 'half', model: 'half', input: 500, output: 1_500, cacheRead: 2_500 };
  const hardware = { purchase: nanoUsd(2_399_990_000_000), years: 3, hoursPerDay: 7 };
  table = { ...shipped, rows: [...shipped.rows, half], power: { ...shipped.power, hardware } };
  kept = new Map(
    pricedOf(table).map(({ priced }) => [priceHash(priced), JSON.parse(priceText(priced)) as Data]),
  );
});

const at = moment(Date.parse('2026-11-23T12:00:00Z'));
const counts = fc.nat({ max: 3_000_000 });
const results = fc.record({
  lane: fc.constantFrom('local' as const, 'seat' as const, 'senior' as const, 'tool' as const),
  model: fc.constantFrom('half', 'claude-opus-5-5', 'claude-haiku-5-5', 'nobody-knows'),
  usage: fc.record({
    input: counts,
    cacheRead: counts,
    cacheWrite: counts,
    output: counts,
    computeMs: counts,
  }),
  tier: fc.constantFrom(undefined, 'standard', 'batch', 'priority'),
  credits: fc.option(fc.nat({ max: 2 ** 40 }), { nil: undefined }),
  before: fc.nat({ max: 2 ** 41 }),
  rehearsal: fc.boolean(),
});
type Generated = typeof results extends fc.Arbitrary<infer T> ? T : never;

/** The entry of a call as the program books it. */
async function booked(given: Generated): Promise<Entry> {
  const { lane, model, usage, tier, credits, before, rehearsal } = given;
  const world = {
    clock: { now: () => at },
    library: { prices: table },
    store: { seatCredits: async () => before },
  } as unknown as World;
  const result: LaneResult = {
    provider: lane === 'senior' ? 'anthropic' : lane,
    modelRequested: model,
    modelServed: rehearsal ? 'rehearsal' : model,
    requestId: null,
    text: '',
    files: [],
    stop: 'end',
    usage,
    ...(tier === undefined ? {} : { tier }),
    ...(credits === undefined || lane !== 'seat' ? {} : { credits }),
    latencyMs: 1,
    rehearsal,
  };
  const { nano, data } = await bookCall(world, { lane }, result);
  const tokens = {
    input: usage.input,
    cache_read: usage.cacheRead,
    cache_write: usage.cacheWrite,
    output: usage.output,
  };
  return {
    type: 'attempt.ended',
    at,
    lane,
    model: result.modelServed,
    costNano: nano,
    data: { ...data, tokens, compute_ms: usage.computeMs, model_requested: model, rehearsal },
  } as unknown as Entry;
}

const again = (entry: Entry) => recompute(entry, (hash) => kept.get(hash));

describe('a second look at the money', () => {
  test('agrees to the nano with what is booked, over 10,000 calls of every lane', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(results, async (given) => {
        const second = again(await booked(given));
        expect(second).toEqual({ is: second.is === 'unpriced' ? 'unpriced' : 'agrees' });
        seen.add(`${given.lane} ${second.is}`);
      }),
      { numRuns: 10_000 },
    );
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['local agrees', 'seat agrees', 'senior agrees', 'senior unpriced']),
    );
  });

  const call: Generated = {
    lane: 'senior',
    model: 'claude-opus-5-5',
    usage: { input: 826, cacheRead: 0, cacheWrite: 0, output: 298, computeMs: 0 },
    tier: undefined,
    credits: undefined,
    before: 0,
    rehearsal: false,
  };

  test.each([
    ['a cost that is one nano more', (e: Entry) => ({ ...e, costNano: (e.costNano ?? 0) + 1 })],
    ['a part that is not what the price says', (e: Entry) => withData(e, { cash: 1 })],
    ['a list price that is another', (e: Entry) => withData(e, { list: 5 })],
    ['tokens that were changed', (e: Entry) => withData(e, { tokens: { input: 1, output: 298 } })],
    ['a price nobody kept', (e: Entry) => withData(e, { price_sha256: 'ab'.repeat(32) })],
    ['the price of a sibling', (e: Entry) => ({ ...e, model: 'claude-opus-5' })],
    ['a price of a later day', (e: Entry) => ({ ...e, at: moment(0) })],
    ['no cost where one is known', (e: Entry) => ({ ...e, costNano: null })],
    ['a cost where none is known', (e: Entry) => withData(e, { basis: 'unpriced' })],
  ])('sees %s', async (_name, change) => {
    const entry = await booked(call);
    expect(again(entry)).toEqual({ is: 'agrees' });
    expect(again(change(entry))).toMatchObject({ is: 'differs', says: expect.any(String) });
  });

  test('sees money booked for a stand-in', async () => {
    const entry = await booked({ ...call, rehearsal: true });
    expect(again(entry)).toEqual({ is: 'agrees' });
    expect(again({ ...entry, costNano: 1 })).toMatchObject({ is: 'differs' });
  });

  test('of before the parts were on record says so', async () => {
    const entry = await booked(call);
    const { cash: _cash, ...data } = entry.data;
    expect(again({ ...entry, data })).toEqual({ is: 'older' });
  });
});

function withData(entry: Entry, more: Data): Entry {
  return { ...entry, data: { ...entry.data, ...more } };
}
