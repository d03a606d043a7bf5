import { expect, test } from '@jest/globals';
import { moment } from '../../../src/core/moment.ts';
import { nanoUsd } from '../../../src/core/money.ts';
import type { PriceTable } from '../../../src/core/price.ts';
import { costDifference } from '../../../src/core/replay/replay-cost.ts';
import type { Moved } from '../../../src/core/replay/replay-cost.ts';

const row = {
  id: 'p1',
  provider: 'anthropic',
  model: 'big',
  validFrom: moment(0),
  promptOver: 0,
  input: 2_000_000,
  output: 10_000_000,
  cacheRead: 200_000,
  cacheWrite: 2_500_000,
  source: 'test',
  checkedOn: '2026-11-01',
};
const table: PriceTable = {
  rows: [row],
  ratios: [],
  power: { watts: 100, nanoUsdPerKwh: 300_000_000, hardware: null },
  seat: [],
};
const prices = { table, seniorModel: 'big' };

const spent = { input: 1_000, cacheRead: 0, cacheWrite: 0, output: 100, computeMs: 0 };
const moved: Moved = { from: 'senior', to: 'seat', at: moment(1), spent, offers: [] };

test('recorded tokens at list price; the seat and exact programs add nothing', () => {
  // 1,000 x 2 USD and 100 x 10 USD a million.
  expect(costDifference(moved, prices)).toBe(-3_000_000);
  expect(costDifference({ ...moved, from: 'tool', to: 'senior' }, prices)).toBe(3_000_000);
  expect(costDifference({ ...moved, from: 'tool', to: 'seat' }, prices)).toBe(0);
});

test('the own machine is its electricity, measured where it worked', () => {
  const measured = { ...spent, computeMs: 36_000 };
  const local: Moved = { ...moved, from: 'local', to: 'tool' };
  // 100 W for 36 s are 0.001 kWh.
  expect(costDifference({ ...local, spent: measured }, prices)).toBe(-300_000);
  expect(costDifference(local, prices)).toBeLessThan(0);
});

test('without tokens the worst price offered then; what has no price stays unknown', () => {
  const offers = [
    { lane: 'senior', price: nanoUsd(500) },
    { lane: 'local', price: null },
  ] as const;
  const blind: Moved = { ...moved, spent: null, offers };
  expect(costDifference(blind, prices)).toBe(-500);
  expect(costDifference({ ...blind, to: 'local' }, prices)).toBeNull();
  expect(costDifference(moved, { ...prices, seniorModel: 'unheard-of' })).toBeNull();
});
