import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import {
  costOf,
  divideHalfEven,
  electricity,
  priceOf,
  type PriceRow,
  type PriceTable,
  type Spent,
} from '../../src/core/price.ts';

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
    expect(priceOf(usage, [row()], asked)).toEqual({ basis: 'computed', nano, row: row() });
  });

  test('an unknown model is unpriced, even beside a sibling', () => {
    expect(priceOf(spent({ input: 9 }), [row()], { ...asked, model: 'claude-opus-5' })).toEqual({
      basis: 'unpriced',
    });
    expect(priceOf(spent({ input: 9 }), [row()], { ...asked, provider: 'copilot' })).toEqual({
      basis: 'unpriced',
    });
  });

  test('before its first row a model is unpriced; a newer row counts from its own day on', () => {
    const rows = [row(), row({ id: 'cut', validFrom: day('2026-10-07'), cacheRead: 100_000 })];
    const on = (at: string) => priceOf(spent({ cacheRead: 1000 }), rows, { ...asked, at: day(at) });
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
      const price = priceOf(usage, rows, asked);
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
    expect(priceOf(spent({ input: 5000 }), rows, asked)).toMatchObject({ row: { id: 'new' } });
  });

  test('a negative or broken count is refused, not priced', () => {
    for (const input of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => priceOf(spent({ input }), [row()], asked)).toThrow(/whole number/);
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
          const got = priceOf(usage, rows, asked);
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

describe('what a call cost', () => {
  const table: PriceTable = { rows: [row()], power: { watts: 120, nanoUsdPerKwh: 300_000_000 } };
  const call = {
    lane: 'senior' as const,
    provider: 'anthropic',
    modelServed: 'claude-opus-5-5',
    at: asked.at,
    usage: spent({ input: 826, output: 298, computeMs: 5190 }),
    rehearsal: false,
  };

  test('the senior lane by list price, the tool lane exactly nothing, the local lane its electricity', () => {
    expect(costOf(call, table)).toMatchObject({ basis: 'computed', nano: 9_264_000 });
    expect(costOf({ ...call, lane: 'tool' }, table)).toEqual({
      basis: 'computed',
      nano: 0,
      row: null,
    });
    // 120 W x 5.19 s = 0.000173 kWh x 0.30 USD
    expect(costOf({ ...call, lane: 'local' }, table)).toEqual({
      basis: 'allocated',
      nano: 51_900,
      says: 'electricity only',
    });
  });

  test('a stand-in never costs money, on no lane and under no model name', () => {
    for (const lane of ['local', 'seat', 'senior'] as const) {
      expect(costOf({ ...call, lane, rehearsal: true }, table)).toEqual({
        basis: 'rehearsal',
        nano: 0,
      });
    }
  });

  test('a model nobody priced is unpriced', () => {
    expect(costOf({ ...call, lane: 'seat', provider: 'copilot' }, table)).toEqual({
      basis: 'unpriced',
    });
  });

  test('electricity is monotone in time', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(electricity(less, table.power)).toBeLessThanOrEqual(electricity(more, table.power));
      }),
    );
  });
});
