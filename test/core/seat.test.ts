import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import { dividedUse, seatShare, termsAt } from '../../src/core/seat.ts';
import type { SeatTerms } from '../../src/core/seat.ts';

const terms: SeatTerms = {
  id: 'pro',
  validFrom: moment(0),
  plan: 'Pro',
  fee: nanoUsd(10_000_000_000),
  included: 1_000_000_000_000,
  overage: nanoUsd(10_000_000),
  list: nanoUsd(10_000_000),
  flat: false,
  source: 'a page',
  checkedOn: '2026-11-23',
};

test('the newest terms that began count', () => {
  const later = { ...terms, id: 'later', validFrom: moment(10) };
  expect(termsAt([later, terms], moment(9))?.id).toBe('pro');
  expect(termsAt([later, terms], moment(10))?.id).toBe('later');
  expect(termsAt([later], moment(9))).toBeUndefined();
});

test('every credit is covered by the fee or past it, never both', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), fc.nat(2 ** 31), (credits, before, included) => {
      const { inside, over } = dividedUse({ credits, before }, { ...terms, included });
      expect(inside + over).toBe(credits);
      expect(inside).toBeLessThanOrEqual(Math.max(0, included - before));
      expect(over === 0 || before + credits > included).toBe(true);
    }),
  );
});

test('all included credits together are booked at the fee', () => {
  const each = seatShare({ credits: 100_000_000_000, before: 0 }, terms);
  expect(each).toEqual({ cash: 0, allocated: 1_000_000_000, list: 1_000_000_000 });
  const flat = seatShare({ credits: 100_000_000_000, before: 0 }, { ...terms, flat: true });
  expect(flat).toMatchObject({ cash: 0, allocated: 0, list: 1_000_000_000 });
});
