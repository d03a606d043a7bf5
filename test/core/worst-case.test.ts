import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { priceOf } from '../../src/core/price.ts';
import type { PriceRow, PriceTable } from '../../src/core/price.ts';
import { AROUND_TOKENS, worstCase } from '../../src/core/worst-case.ts';
import type { CallAhead } from '../../src/core/worst-case.ts';

const AT = moment(Date.UTC(2026, 10, 26));
const row = (more: Partial<PriceRow> = {}): PriceRow => ({
  id: 'r',
  provider: 'anthropic',
  model: 'm',
  validFrom: moment(0),
  promptOver: 0,
  input: 4_000_000,
  output: 20_000_000,
  cacheRead: 200_000,
  cacheWrite: 5_000_000,
  source: 's',
  checkedOn: '2026-11-23',
  ...more,
});
const table = (...rows: readonly PriceRow[]): PriceTable => ({
  rows,
  ratios: [],
  power: { watts: 100, nanoUsdPerKwh: 1, hardware: null },
  seat: [],
});
const ahead = (more: Partial<CallAhead> = {}): CallAhead => ({
  lane: 'senior',
  asked: { provider: 'anthropic', model: 'm', at: AT },
  bytes: 6_000,
  maxOutputTokens: 1_000,
  deadlineMs: 600_000,
  rehearsal: false,
  ...more,
});

test('every byte may be a token, read at the dearest way of reading, and all of the answer is written', () => {
  const tokens = 6_000 + AROUND_TOKENS;
  expect(worstCase(ahead(), table(row()))).toEqual({
    cash: (tokens * 5_000_000 + 1_000 * 20_000_000) / 1_000,
    credits: 0,
    tokens: tokens + 1_000,
    minutes: 600_000,
  });
});

describe('of the rows of a model', () => {
  const dear = row({ promptOver: 5_000, input: 9_000_000, cacheWrite: 9_000_000 });
  const cash = (bytes: number, ...rows: readonly PriceRow[]) =>
    worstCase(ahead({ bytes }), table(...rows)).cash ?? 0;

  test('a dearer tier counts as soon as the prompt can reach it', () => {
    expect(cash(2_000, row(), dear)).toBeGreaterThan(cash(2_000, row()));
    expect(cash(1_000, row(), dear)).toBe(cash(1_000, row()));
  });

  test('a cheaper tier that may not be reached never lowers it', () => {
    const cheap = row({ promptOver: 5_000, input: 1, cacheWrite: 1, cacheRead: 1, output: 1 });
    expect(cash(90_000, row(), cheap)).toBe(cash(90_000, row()));
  });

  test('only the newest that is in force counts', () => {
    const old = row({ input: 90_000_000, cacheWrite: 90_000_000 });
    const now = row({ validFrom: moment(AT - 1) });
    const later = row({ validFrom: moment(AT + 1), input: 99_000_000 });
    expect(cash(100, old, now, later)).toBe(cash(100, now));
  });
});

test('a model without a price has none, never that of a sibling and never 0', () => {
  const asked = { provider: 'anthropic', model: 'm-2', at: AT };
  expect(worstCase(ahead({ asked }), table(row())).cash).toBeNull();
  const seat = { ...ahead({ asked }), lane: 'seat' } as const;
  expect(worstCase(seat, table(row()))).toMatchObject({ cash: null, credits: null });
});

test('a program, our own machine and a stand-in cost no cash, but their tokens and time count', () => {
  const none = table();
  expect(worstCase(ahead({ lane: 'tool' }), none)).toMatchObject({ cash: 0, tokens: 0 });
  expect(worstCase(ahead({ lane: 'local' }), none)).toMatchObject({ cash: 0, tokens: 11_000 });
  expect(worstCase(ahead({ rehearsal: true }), none)).toMatchObject({ cash: 0, tokens: 11_000 });
});

test.each([-1, 1.5, NaN, 2 ** 53])('%p is no count of bytes', (bytes) =>
  expect(() => worstCase(ahead({ bytes }), table(row()))).toThrow(RangeError),
);

test('no call that keeps within its size comes to more', () => {
  const count = (max: number) => fc.integer({ min: 0, max });
  fc.assert(
    fc.property(
      count(500_000),
      count(64_000),
      fc.array(count(1_000_000), { minLength: 4, maxLength: 4 }),
      (bytes, most, parts) => {
        const tiers = [row(), row({ promptOver: 200_000, input: 8_000_000, output: 30_000_000 })];
        const worst = worstCase(ahead({ bytes, maxOutputTokens: most }), table(...tiers));
        const sum = parts.reduce((a, b) => a + b, 1);
        const share = (i: number) => Math.floor(((parts[i] ?? 0) / sum) * (bytes + AROUND_TOKENS));
        const usage = {
          input: share(0),
          cacheRead: share(1),
          cacheWrite: share(2),
          output: Math.min(most, parts[3] ?? 0),
          computeMs: 0,
        };
        const price = priceOf(usage, table(...tiers), ahead().asked);
        expect(price.basis === 'computed' && price.nano <= (worst.cash ?? 0)).toBe(true);
      },
    ),
  );
});

test('counts the dearest way of being served: nobody knows beforehand which it gets', () => {
  const dated = { validFrom: AT, source: 's', checkedOn: '2026-11-23' };
  const fast = {
    id: 'fast',
    provider: 'anthropic',
    of: 'speed',
    is: 'fast',
    times: 2,
    by: 1,
  } as const;
  const half = {
    id: 'half',
    provider: 'anthropic',
    of: 'tier',
    is: 'batch',
    times: 1,
    by: 2,
  } as const;
  const plain = worstCase(ahead(), table(row()));
  const served = {
    ...table(row()),
    ratios: [
      { ...fast, ...dated },
      { ...half, ...dated },
    ],
  };
  expect(worstCase(ahead(), served).cash).toBe(2 * (plain.cash ?? 0));
});
