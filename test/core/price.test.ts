import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { divideHalfEven } from '../../src/core/money.ts';
import { priceOf, type PriceRatio, type PriceRow, type Spent } from '../../src/core/price.ts';

const day = (text: string) => moment(Date.parse(text));

function row(more: Partial<PriceRow> = {}): PriceRow {
  return {
    id: 'opus',
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    validFrom: day('2026-09-22'),
    promptOver: 0,
    input: 4_000_000,
    output: 20_000_000,
    cacheRead: 200_000,
    cacheWrite: 5_000_000,
    source: 'https://example.com/prices',
    checkedOn: '2026-11-23',
    ...more,
  };
}

const only = (...rows: readonly PriceRow[]) => ({ rows, ratios: [] });
const asked = { provider: 'anthropic', model: 'claude-opus-5-5', at: day('2026-11-23') };
const spent = (more: Partial<Spent>): Spent => ({
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  computeMs: 0,
  ...more,
});

describe('list price', () => {
  test.each([
    ['826 in, 298 out', spent({ input: 826, output: 298 }), 9_264_000],
    [
      'Anthropic: cache apart from input',
      spent({ input: 500, cacheRead: 8000, cacheWrite: 1500, output: 1000 }),
      31_100_000,
    ],
    ['one token in', spent({ input: 1 }), 4_000],
    ['nothing at all', spent({}), 0],
  ])('%s', (_name, usage, nano) => {
    expect(priceOf(usage, only(row()), asked)).toEqual({
      basis: 'computed',
      nano,
      row: row(),
      ratios: [],
    });
  });

  test('an unknown model is unpriced, even beside a sibling', () => {
    expect(priceOf(spent({ input: 9 }), only(row()), { ...asked, model: 'claude-opus-5' })).toEqual(
      {
        basis: 'unpriced',
      },
    );
    expect(priceOf(spent({ input: 9 }), only(row()), { ...asked, provider: 'copilot' })).toEqual({
      basis: 'unpriced',
    });
  });

  test('before its first row a model is unpriced; a newer row counts from its own day on', () => {
    const rows = [row(), row({ id: 'cut', validFrom: day('2026-10-07'), cacheRead: 100_000 })];
    const on = (at: string) =>
      priceOf(spent({ cacheRead: 1000 }), only(...rows), { ...asked, at: day(at) });
    expect(on('2026-09-21T23:59:59Z')).toEqual({ basis: 'unpriced' });
    expect(on('2026-10-06T23:59:59Z')).toMatchObject({ nano: 200_000 });
    expect(on('2026-10-07T00:00:00Z')).toMatchObject({ nano: 100_000, row: { id: 'cut' } });
  });

  test('a prompt past a tier is priced wholly by that tier; cached tokens count for its length', () => {
    const rows = [
      row(),
      row({ id: 'long', promptOver: 100_000, input: 20_000_000, cacheRead: 1_000_000 }),
    ];
    const id = (usage: Spent) => {
      const price = priceOf(usage, only(...rows), asked);
      return price.basis === 'computed' ? price.row.id : price.basis;
    };
    expect(id(spent({ input: 100_000 }))).toBe('opus');
    expect(id(spent({ input: 100_001 }))).toBe('long');
    expect(id(spent({ input: 1, cacheRead: 60_000, cacheWrite: 40_000 }))).toBe('long');
  });

  test('a tier of an older table never outlives that table', () => {
    const rows = [
      row({ id: 'old-long', promptOver: 1000 }),
      row(),
      row({ id: 'new', validFrom: day('2026-10-01') }),
    ];
    expect(priceOf(spent({ input: 5000 }), only(...rows), asked)).toMatchObject({
      row: { id: 'new' },
    });
  });

  test('a negative or broken count is refused, not priced', () => {
    for (const input of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => priceOf(spent({ input }), only(row()), asked)).toThrow(/whole number/);
    }
  });
});

describe('exact sums', () => {
  const count = fc.integer({ min: 0, max: 5_000_000 });
  const price = fc.integer({ min: 0, max: 60_000_000 });

  test('a sum is within half a nano of the rational sum, and a tie lands on an even nano', () => {
    fc.assert(
      fc.property(
        fc.tuple(count, count, count, count),
        fc.tuple(price, price, price, price),
        (n, p) => {
          const usage = spent({ input: n[0], cacheRead: n[1], cacheWrite: n[2], output: n[3] });
          const rows = [row({ input: p[0], cacheRead: p[1], cacheWrite: p[2], output: p[3] })];
          const got = priceOf(usage, only(...rows), asked);
          if (got.basis !== 'computed') throw new Error('expected a price');
          const pico = n.reduce((sum, tokens, i) => sum + BigInt(tokens) * BigInt(p[i] ?? 0), 0n);
          const off = pico - BigInt(got.nano) * 1000n;
          expect(off >= -500n && off <= 500n).toBe(true);
          if (off === 500n || off === -500n) expect(got.nano % 2).toBe(0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    [0n, 0n],
    [499n, 0n],
    [500n, 0n],
    [501n, 1n],
    [1499n, 1n],
    [1500n, 2n],
    [2500n, 2n],
    [2501n, 3n],
    [3500n, 4n],
  ])('%s pico round half-even to %s nano', (pico, nano) => {
    expect(divideHalfEven(pico, 1000n)).toBe(nano);
  });
});

describe('how a call was served', () => {
  const half: PriceRatio = {
    id: 'batch',
    provider: 'anthropic',
    of: 'tier',
    is: 'batch',
    validFrom: day('2026-09-01'),
    times: 1,
    by: 2,
    source: 'a page',
    checkedOn: '2026-11-23',
  };
  const table = { rows: [row()], ratios: [half] };
  const served = (more: object) => priceOf(spent({ input: 1 }), table, { ...asked, ...more });

  test('a batch is half the price, the plain tier and speed are the price', () => {
    expect(served({ tier: 'batch' })).toMatchObject({ nano: 2_000, ratios: [{ id: 'batch' }] });
    expect(served({ tier: 'standard', speed: 'standard' })).toMatchObject({ nano: 4_000 });
  });

  test('what nobody priced is unpriced, and so is a ratio before its day', () => {
    expect(served({ speed: 'fast' })).toEqual({ basis: 'unpriced' });
    expect(served({ tier: 'priority' })).toEqual({ basis: 'unpriced' });
    const early = { ...table, ratios: [{ ...half, validFrom: day('2026-12-01') }] };
    expect(priceOf(spent({ input: 1 }), early, { ...asked, tier: 'batch' }).basis).toBe('unpriced');
  });

  test('half of an odd price is rounded once, a tie to the even nano', () => {
    const odd = { rows: [row({ input: 1_000 })], ratios: [half] };
    const nano = (input: number) => {
      const price = priceOf(spent({ input }), odd, { ...asked, tier: 'batch' });
      return price.basis === 'computed' ? Number(price.nano) : undefined;
    };
    expect([1, 2, 3, 5].map(nano)).toEqual([0, 1, 2, 2]);
  });
});
