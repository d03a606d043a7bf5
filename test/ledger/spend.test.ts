import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { costOf, exactUsd, spentText, sumSpend, usdText } from '../../src/ledger/spend.ts';

const spend = { cash: 0n, allocated: 0n, adjusted: 0n, unpriced: 0 };

test('exact money reads back as the very same nano-USD', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (nano) => {
      const text = exactUsd(nano, 0);
      expect(text).toMatch(/^-?\d+\.\d{9}$/);
      expect(BigInt(text.replace('.', ''))).toBe(nano);
    }),
  );
});

test('unknown is never 0', () => {
  expect(exactUsd(0n, 1)).toBe('');
  expect(spentText({ ...spend, unpriced: 2 })).toBe('not known');
  expect(spentText({ ...spend, cash: 1_200_000_000n, unpriced: 1 })).toBe('at least $1.20');
});

test.each([
  [0n, '$0.00'],
  [1n, 'less than $0.0001'],
  [4_200_000n, '$0.0042'],
  [9_999_999n, '$0.0100'],
  [10_000_000n, '$0.01'],
  [1_234_567_890n, '$1.23'],
  [1_235_000_000n, '$1.24'],
  [-1_235_000_000n, '-$1.24'],
  [12_345_678_900_000_000n, '$12,345,678.90'],
])('%s nano-USD is told as %s', (nano, text) => {
  expect(usdText(nano)).toBe(text);
});

test('sums are exact beyond what a number holds', () => {
  const much = { ...spend, cash: 2n ** 60n, allocated: 1n };
  expect(costOf(sumSpend([much, much, { ...spend, adjusted: -1n }]))).toBe(2n ** 61n + 1n);
});
