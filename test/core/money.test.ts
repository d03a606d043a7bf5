import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nanoUsd, usd } from '../../src/core/money.ts';

test.each([
  [0, '$0.00'],
  [1, '$0.000000001'],
  [12_345, '$0.000012345'],
  [99_999, '$0.000099999'],
  [100_000, '$0.0001'],
  [4_200_000, '$0.0042'],
  [9_999_999, '$0.01'],
  [10_000_000, '$0.01'],
  [1_234_567_890, '$1.23'],
  [-12_345, '-$0.000012345'],
  [-2_500_000_000, '-$2.50'],
])('%d nano-USD are %s', (nano, says) => {
  expect(usd(nanoUsd(nano))).toBe(says);
});

test('only nothing is written as nothing', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (nano) => {
      expect(Number(usd(nanoUsd(nano)).replace('$', '')) === 0).toBe(nano === 0);
    }),
  );
});
