import { describe, expect, test } from '@jest/globals';
import { costOf, headline } from '../../src/core/cost.ts';
import type { Call } from '../../src/core/cost.ts';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import type { PriceTable } from '../../src/core/price.ts';

const at = moment(Date.parse('2026-11-23'));
const dated = { source: 'a page', checkedOn: '2026-11-23' };
const table: PriceTable = {
  rows: [
    {
      id: 'opus',
      provider: 'anthropic',
      model: 'claude-opus-5-5',
      validFrom: moment(Date.parse('2026-09-22')),
      promptOver: 0,
      input: 4_000_000,
      output: 20_000_000,
      cacheRead: 200_000,
      cacheWrite: 5_000_000,
      ...dated,
    },
  ],
  ratios: [],
  power: { watts: 120, nanoUsdPerKwh: 300_000_000, hardware: null },
  seat: [
    {
      id: 'pro',
      validFrom: moment(Date.parse('2026-06-01')),
      plan: 'Pro',
      fee: nanoUsd(10_000_000_000),
      included: 1_000_000_000_000,
      overage: nanoUsd(10_000_000),
      list: nanoUsd(10_000_000),
      flat: false,
      ...dated,
    },
  ],
};
const call: Call = {
  lane: 'senior',
  provider: 'anthropic',
  modelServed: 'claude-opus-5-5',
  modelRequested: 'claude-opus-5-5',
  at,
  usage: { input: 826, cacheRead: 0, cacheWrite: 0, output: 298, computeMs: 5190 },
  creditsBefore: 0,
  rehearsal: false,
};

describe('what a call cost', () => {
  test('the senior lane cash by list price, the tool lane exactly nothing', () => {
    const senior = costOf(call, table);
    expect(senior).toMatchObject({
      basis: 'computed',
      cash: 9_264_000,
      allocated: 0,
      list: 9_264_000,
    });
    expect(costOf({ ...call, lane: 'tool' }, table)).toEqual({
      basis: 'computed',
      cash: 0,
      allocated: 0,
      list: null,
      tariff: null,
    });
  });

  test('the local lane its electricity, and with a machine entered its share of that', () => {
    // 120 W x 5.19 s = 0.000173 kWh x 0.30 USD
    expect(costOf({ ...call, lane: 'local' }, table)).toMatchObject({
      basis: 'allocated',
      cash: 0,
      allocated: 51_900,
      says: 'electricity only',
    });
    const hardware = { purchase: nanoUsd(2_400_000_000_000), years: 4, hoursPerDay: 4 };
    const owned = { ...table, power: { ...table.power, hardware } };
    // 2,400 USD / (4 x 365 x 4 x 3,600 s) x 5.19 s = 0.000592466 USD
    expect(costOf({ ...call, lane: 'local' }, owned)).toMatchObject({
      allocated: 51_900 + 592_466,
      says: 'electricity and hardware',
    });
  });

  test('the seat its reported credits: the fee covers what is left of the month, the rest is cash', () => {
    const seat = { ...call, lane: 'seat' as const, provider: 'github.copilot' };
    const twenty = { ...seat, credits: 20_000_000_000 };
    expect(costOf(twenty, table)).toMatchObject({
      basis: 'reported',
      cash: 0,
      allocated: 200_000_000,
      list: 200_000_000,
    });
    const last = costOf({ ...twenty, creditsBefore: 995_000_000_000 }, table);
    expect(last).toMatchObject({ cash: 150_000_000, allocated: 50_000_000, list: 200_000_000 });
    expect(headline(last)).toBe(200_000_000);
    expect(costOf({ ...twenty, at: moment(0) }, table)).toEqual({ basis: 'unpriced' });
    expect(costOf(seat, table)).toEqual({ basis: 'unpriced' });
  });

  test('a stand-in is never money, whatever it served; what its model would have cost is told apart', () => {
    const played = costOf({ ...call, rehearsal: true, modelServed: 'rehearsal-senior' }, table);
    expect(played).toMatchObject({ basis: 'rehearsal', played: { cash: 9_264_000, allocated: 0 } });
    expect(headline(played)).toBe(0);
    const unknown = { ...call, rehearsal: true, modelRequested: 'nobody-knows' };
    expect(costOf(unknown, table)).toEqual({ basis: 'rehearsal', played: null });
  });

  test('a model nobody priced is unpriced, and that is no figure', () => {
    const unknown = costOf({ ...call, modelServed: 'claude-opus-6' }, table);
    expect(unknown).toEqual({ basis: 'unpriced' });
    expect(headline(unknown)).toBeNull();
  });
});
