import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  amountText,
  FIGURES,
  isNearlyUsed,
  leftOf,
  percentUsed,
  raiseOffers,
  readAmount,
} from '../../src/core/budget.ts';

describe('an amount is read exactly, into the unit of its figure', () => {
  test.each([
    ['cash', '30', 30_000_000_000],
    ['cash', '2.50', 2_500_000_000],
    ['cash', '0.000000001', 1],
    ['cash', '0', 0],
    ['credits', '500', 500_000_000],
    ['tokens', '2000000', 2_000_000],
    ['minutes', '90', 5_400_000],
  ] as const)('%s %s', (figure, text, amount) => expect(readAmount(figure, text)).toBe(amount));

  test.each([
    ['cash', '-1'],
    ['cash', '+1'],
    ['cash', '0.0000000001'],
    ['cash', '1,000'],
    ['cash', ''],
    ['tokens', '2.5'],
    ['tokens', '1e3'],
    ['minutes', '-1'],
    ['credits', '999999999999999'],
  ] as const)('not %s %s', (figure, text) => expect(readAmount(figure, text)).toBeUndefined());

  test('whatever is typed is a whole number of at least 0, or refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIGURES), fc.string(), (figure, text) => {
        const amount = readAmount(figure, text);
        expect(amount === undefined || (Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
      }),
    );
  });
});

test.each([
  ['cash', 12_400_000_000, '$12.40'],
  ['credits', 500_000_000, '500 credits'],
  ['credits', 1_500_000, '1.50 credits'],
  ['tokens', 2_000_000, '2,000,000 tokens'],
  ['tokens', 1, '1 token'],
  ['minutes', 60_000, '1 minute'],
  ['minutes', 90_000, '1.50 minutes'],
] as const)('%s %d is said as %s', (figure, amount, text) =>
  expect(amountText(figure, amount)).toBe(text),
);

test('a share is rounded down, so that 80 % is never said too early', () => {
  const used = (spent: number, limit: number) => ({ spent, limit });
  expect(percentUsed(used(799, 1_000))).toBe(79);
  expect(isNearlyUsed(used(799, 1_000))).toBe(false);
  expect(isNearlyUsed(used(800, 1_000))).toBe(true);
  expect(percentUsed(used(0, 0))).toBe(0);
  expect(percentUsed(used(1, 0))).toBe(100);
  expect(percentUsed(used(9_007_199_254_740_991, 9_007_199_254_740_991))).toBe(100);
  expect(leftOf({ figure: 'cash', limit: 5, spent: 7, reserved: 1 })).toBe(-3);
});

test('what is offered is enough, is not silly, and begins with the least', () => {
  expect(raiseOffers('cash', 912_345_678, 30_000_000_000)).toEqual([920_000_000, 15_000_000_000]);
  expect(raiseOffers('tokens', 26_210, 1_000)).toEqual([27_000]);
  expect(raiseOffers('minutes', 1, 0)).toEqual([60_000]);
  fc.assert(
    fc.property(
      fc.constantFrom(...FIGURES),
      fc.integer({ min: 1, max: 10 ** 13 }),
      fc.integer({ min: 0, max: 10 ** 13 }),
      (figure, short, limit) => {
        const offers = raiseOffers(figure, short, limit);
        expect(offers.every((by) => Number.isSafeInteger(by) && by >= short)).toBe(true);
        expect([...offers].sort((a, b) => a - b)).toEqual(offers);
      },
    ),
  );
});
