import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nanoUsd } from '../../src/core/money.ts';
import { powerCost } from '../../src/core/power.ts';
import type { Power } from '../../src/core/power.ts';

const power: Power = { watts: 120, nanoUsdPerKwh: 300_000_000, hardware: null };

test('an hour at a kilowatt is the tariff', () => {
  expect(powerCost(3_600_000, { ...power, watts: 1_000 })).toBe(300_000_000);
});

test('grows with time, and a machine that was entered never makes it less', () => {
  const hardware = fc.record({
    purchase: fc.nat(5_000_000_000_000 / 1_000).map((n) => nanoUsd(n * 1_000)),
    years: fc.integer({ min: 1, max: 10 }),
    hoursPerDay: fc.integer({ min: 1, max: 24 }),
  });
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(10_000_000), hardware, (a, b, bought) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      expect(powerCost(less, power)).toBeLessThanOrEqual(powerCost(more, power));
      const owned = { ...power, hardware: bought };
      expect(powerCost(more, owned)).toBeGreaterThanOrEqual(powerCost(more, power));
    }),
  );
});

test('a count that cannot be is refused', () => {
  for (const ms of [-1, 0.5, NaN]) expect(() => powerCost(ms, power)).toThrow(/whole number/);
});
