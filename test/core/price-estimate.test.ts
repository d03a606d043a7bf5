import { describe, expect, test } from '@jest/globals';
import { moment } from '../../src/core/moment.ts';
import { estimate, type Ahead } from '../../src/core/price-estimate.ts';
import type { PriceRow, PriceTable } from '../../src/core/price.ts';

const opus: PriceRow = {
  id: 'opus',
  provider: 'anthropic',
  model: 'claude-opus-5-5',
  validFrom: moment(Date.parse('2026-09-22')),
  promptOver: 0,
  input: 4_000_000,
  output: 20_000_000,
  cacheRead: 200_000,
  cacheWrite: 5_000_000,
  source: 'https://example.com/prices',
  checkedOn: '2026-11-23',
};
const asked = {
  provider: 'anthropic',
  model: 'claude-opus-5-5',
  at: moment(Date.parse('2026-11-23')),
};

describe('an estimate for the plan card', () => {
  const table: PriceTable = {
    rows: [opus],
    ratios: [],
    power: { watts: 120, nanoUsdPerKwh: 300_000_000, hardware: null },
    seat: [],
  };
  const ahead: Ahead = {
    words: 30,
    files: [{ size: 8000 }],
    lane: 'senior',
    asked,
    rehearsal: false,
  };

  test('is a range that grows with the material', () => {
    const small = estimate(ahead, table);
    const large = estimate({ ...ahead, files: [{ size: 80_000 }] }, table);
    if (small.basis === 'unpriced' || large.basis === 'unpriced')
      throw new Error('expected prices');
    expect(small.low).toBeGreaterThan(0);
    expect(small.low).toBeLessThan(small.high);
    expect(large.low).toBeGreaterThan(small.low);
    expect(large.high).toBeGreaterThan(small.high);
  });

  test('tool is exactly 0, local is electricity, rehearsal is no money, unknown is unpriced', () => {
    expect(estimate({ ...ahead, lane: 'tool' }, table)).toEqual({
      basis: 'computed',
      low: 0,
      high: 0,
    });
    expect(estimate({ ...ahead, lane: 'local' }, table).basis).toBe('allocated');
    expect(estimate({ ...ahead, rehearsal: true }, table)).toEqual({
      basis: 'rehearsal',
      low: 0,
      high: 0,
    });
    expect(estimate({ ...ahead, asked: { ...asked, model: 'nobody-knows' } }, table)).toEqual({
      basis: 'unpriced',
    });
  });
});
