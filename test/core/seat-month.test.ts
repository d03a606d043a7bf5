import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import type { SeatTerms } from '../../src/core/seat.ts';
import { monthEdges, monthOf, readMonth, sharesOf } from '../../src/core/seat-month.ts';
import type { Month, MonthCall } from '../../src/core/seat-month.ts';

const month = '2026-11' as Month;
const credit = 1_000_000_000;
const usd = (dollars: number) => nanoUsd(Math.round(dollars * 100) * 10_000_000);
const terms: SeatTerms = {
  id: 'pro',
  validFrom: moment(Date.parse('2026-06-01')),
  plan: 'Pro',
  fee: usd(10),
  included: 1_000 * credit,
  overage: usd(0.01),
  list: usd(0.01),
  flat: false,
  source: 'a page',
  checkedOn: '2026-11-23',
};
const call = (party: string | null, credits: number): MonthCall => ({
  party,
  credits: credits * credit,
});
const sharesIn = (shares: ReturnType<typeof sharesOf>) =>
  Object.fromEntries(shares.parties.map(({ party, share }) => [party ?? 'practice', share]));

describe('the month of the seat', () => {
  test('is divided by credits, and what nobody used is bench', () => {
    const shares = sharesOf({
      month,
      terms,
      calls: [call('a', 300), call('b', 150), call(null, 50)],
    });
    expect(sharesIn(shares)).toEqual({ a: usd(3), b: usd(1.5), practice: usd(0.5) });
    expect(shares).toMatchObject({ bench: usd(5), invoice: usd(10), expected: usd(10), over: 0 });
  });

  test('past the included credits each has what it used there', () => {
    const shares = sharesOf({ month, terms, calls: [call('a', 900), call('b', 300)] });
    // b still had 100 of the fee, and 200 at a cent each.
    expect(sharesIn(shares)).toEqual({ a: usd(9), b: usd(3) });
    expect(shares).toMatchObject({ bench: usd(0), invoice: usd(12), over: 200 * credit });
  });

  test('an invoice that differs is divided as it is', () => {
    const shares = sharesOf({ month, terms, calls: [call('a', 500)], invoice: usd(11.9) });
    expect(sharesIn(shares)).toEqual({ a: usd(5.95) });
    expect(shares).toMatchObject({ bench: usd(5.95), invoice: usd(11.9), expected: usd(10) });
  });

  test('a flat seat belongs to whoever used it; unused it is bench', () => {
    const flat = { ...terms, flat: true, included: 0 };
    const used = sharesOf({ month, terms: flat, calls: [call('a', 1), call('b', 2)] });
    expect(sharesIn(used)).toEqual({ a: usd(3.33), b: usd(6.67) });
    expect(used.bench).toBe(0);
    expect(sharesOf({ month, terms: flat, calls: [] }).bench).toBe(usd(10));
  });

  test('whatever was used, the shares and the bench are the invoice to the cent', () => {
    const calls = fc.array(
      fc.record({
        party: fc.constantFrom('a', 'b', 'c', 'd', null),
        credits: fc.nat({ max: 400 * credit }),
      }),
      { maxLength: 30 },
    );
    const invoices = fc.option(
      fc.nat({ max: 100_000 }).map((cents) => usd(cents / 100)),
      {
        nil: undefined,
      },
    );
    const flats = fc.boolean();
    fc.assert(
      fc.property(calls, invoices, flats, (all, invoice, flat) => {
        const given = invoice === undefined ? {} : { invoice };
        const shares = sharesOf({ month, terms: { ...terms, flat }, calls: all, ...given });
        const sum = shares.parties.reduce((total, { share }) => total + share, 0) + shares.bench;
        expect(sum).toBe(shares.invoice);
        if (invoice !== undefined) expect(shares.invoice).toBe(invoice);
        for (const { share } of shares.parties) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share % 10_000_000).toBe(0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('runs from its first day to that of the next, in UTC', () => {
    const { from, to } = monthEdges(month);
    expect([from, to]).toEqual([Date.UTC(2026, 10, 1), Date.UTC(2026, 11, 1)]);
    expect(monthEdges('2026-12' as Month).to).toBe(Date.UTC(2027, 0, 1));
    expect([monthOf(from), monthOf(moment(to - 1)), monthOf(to)]).toEqual([
      month,
      month,
      '2026-12',
    ]);
    expect(['2026-13', '2026-1', 'now'].map(readMonth)).toEqual([undefined, undefined, undefined]);
  });
});
