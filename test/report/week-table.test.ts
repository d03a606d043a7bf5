import { expect, test } from '@jest/globals';
import { nanoUsd } from '../../src/core/money.ts';
import type { PracticeWeek } from '../../src/core/digest.ts';
import { weekTable } from '../../src/report/week-table.ts';

const WEEK: PracticeWeek = {
  delivered: 3,
  minutes: {
    byHand: 140,
    range: { low: 100, high: 160 },
    corrected: 1,
    review: 30,
    later: -5,
    saved: 105,
  },
  rejected: 1,
  cost: { nano: nanoUsd(1_234_567_891), unpriced: 0 },
  clients: [{ name: 'Acme, "Pottery"', cost: { nano: nanoUsd(5), unpriced: 2 } }],
  lanes: [{ lane: 'seat', cost: { nano: nanoUsd(0), unpriced: 4 } }],
  sentBackByGate: 1,
  sentBackByPeople: 0,
  approved: 3,
  approvedUnchanged: 2,
  waiting: [],
  held: 0,
};

function rows(week: PracticeWeek): string[] {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(weekTable(week)).split('\r\n');
}

test('money keeps every nano-USD and names are quoted', () => {
  expect(rows(WEEK)).toContain('cost,all,1.234567891,USD,0');
  expect(rows(WEEK)).toContain('cost,"client Acme, ""Pottery""",0.000000005,USD,2');
});

test('what was corrected has a row of its own, with its sign and as a number', () => {
  expect(rows(WEEK)).toContain('"corrected, in cost",all,0.000000000,USD,');
  const less = { ...WEEK, cost: { ...WEEK.cost, adjusted: nanoUsd(-120_000_000) } };
  expect(rows(less)).toContain('"corrected, in cost",all,-0.120000000,USD,');
});

test('what is not known is empty, never nothing', () => {
  expect(rows(WEEK)).toContain('cost,lane seat,,USD,4');
});

test('a name cannot become a formula', () => {
  const named = { ...WEEK, clients: [{ name: '=1+1', cost: WEEK.cost }] };
  expect(rows(named).some((row) => row.includes(',=1+1'))).toBe(false);
});

test('minutes are told with what was taken off them', () => {
  for (const row of [
    'by hand,all,140,minutes,',
    'by hand,lower of table and estimate,100,minutes,',
    'by hand,higher of table and estimate,160,minutes,',
    'by hand,corrected of earlier tasks,-5,minutes,',
    'review,all,30,minutes,',
    'saved,all,105,minutes,',
  ])
    expect(rows(WEEK)).toContain(row);
});

test('a spreadsheet reads it as UTF-8', () => {
  expect(rows(WEEK)[0]?.startsWith('\uFEFFwhat,')).toBe(true);
});
