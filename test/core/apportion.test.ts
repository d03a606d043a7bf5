import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apportion } from '../../src/core/apportion.ts';

test('the parts add up to the total, each within one of its exact share', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), weights, (total, all) => {
      const { parts, rest } = apportion(total, all);
      expect(parts.reduce((sum, part) => sum + part, 0n) + rest).toBe(total);
      const sum = all.reduce((a, b) => a + b, 0n);
      if (sum === 0n) return expect(rest).toBe(total);
      expect(rest).toBe(0n);
      for (const [i, part] of parts.entries()) {
        const off = part * sum - total * (all[i] ?? 0n);
        expect(off > -sum && off < sum).toBe(true);
        if (all[i] === 0n) expect(part).toBe(0n);
      }
    }),
    { numRuns: 1000 },
  );
});

test('three equal parts of ten: the first has the unit that is left', () => {
  expect(apportion(10n, [1n, 1n, 1n]).parts).toEqual([4n, 3n, 3n]);
  expect(() => apportion(-1n, [1n])).toThrow(RangeError);
});
