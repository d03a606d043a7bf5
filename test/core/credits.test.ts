import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { amountText, readAmount } from '../../src/core/budget.ts';
import { creditsOf, microCredits, NANO_PER_CREDIT } from '../../src/core/credits.ts';
import { nanoUsd } from '../../src/core/money.ts';

test('a credit is a cent of list price, and drawn by the seat alone', () => {
  expect(creditsOf('seat', nanoUsd(10_000_000))).toBe(1_000_000);
  expect(creditsOf('seat', nanoUsd(1))).toBe(1);
  expect(creditsOf('seat', null)).toBeNull();
  expect(creditsOf('senior', null)).toBe(0);
});

test('a credit that the seat reports is a credit of a budget', () => {
  expect(microCredits(NANO_PER_CREDIT)).toBe(readAmount('credits', '1'));
  expect(amountText('credits', microCredits(2.5 * NANO_PER_CREDIT))).toBe('2.50 credits');
  expect(microCredits(0)).toBe(0);
});

test('no part of a call goes uncounted, and none counts twice', () => {
  expect(microCredits(1)).toBe(1);
  expect(microCredits(1_001)).toBe(2);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 52 }), (nano) => {
      const over = microCredits(nano) * 1_000 - nano;
      expect(over >= 0 && over < 1_000).toBe(true);
    }),
  );
});
