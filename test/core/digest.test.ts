import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clientLines, practiceLines, sumText } from '../../src/core/digest.ts';
import type { PracticeWeek } from '../../src/core/digest.ts';
import { nanoUsd, NO_COST } from '../../src/core/money.ts';

const dollars = (amount: number) => nanoUsd(Math.round(amount * 1e9));
const known = (amount: number) => ({ nano: dollars(amount), unpriced: 0 });

/** Twenty-three tasks of an ordinary week, two of which somebody corrected. */
const MINUTES = {
  byHand: 1860,
  range: { low: 1440, high: 2160 },
  corrected: 2,
  review: 130,
  later: 0,
  saved: 1730,
};
const NO_MINUTES = {
  byHand: 0,
  range: { low: 0, high: 0 },
  corrected: 0,
  review: 0,
  later: 0,
  saved: 0,
};
const FORMULA =
  'What was rejected, cancelled or expired saves nothing, and its cost and review count';

const WEEK: PracticeWeek = {
  delivered: 23,
  minutes: MINUTES,
  rejected: 1,
  cost: known(6.41),
  clients: [
    { name: 'Acme', cost: known(3.1) },
    { name: 'Borealis', cost: known(2.4) },
  ],
  lanes: [
    { lane: 'tool', cost: known(0) },
    { lane: 'senior', cost: known(4.9) },
  ],
  sentBackByGate: 9,
  sentBackByPeople: 3,
  approved: 23,
  approvedUnchanged: 17,
  waiting: [
    { number: '#131.1', days: 4 },
    { number: '#140', days: 0 },
  ],
  held: 1,
};

describe('the week of the practice', () => {
  test('names the budgets that are nearly used up on one line, where there are any', () => {
    const budgets = ['budget 1 (Acme, each month) 92 %', 'budget 3 (seat lane) 80 %'];
    expect(practiceLines({ ...WEEK, budgets })).toContain(
      'Budgets nearly used up: budget 1 (Acme, each month) 92 % · budget 3 (seat lane) 80 %',
    );
    expect(practiceLines({ ...WEEK, budgets: [] })).toEqual(practiceLines(WEEK));
  });

  test('says all figures in plain lines', () => {
    expect(practiceLines(WEEK)).toEqual([
      '23 tasks delivered, cost $6.41, about 31 h by hand (table to estimate: 24 h to 36 h; 2 corrected by people)',
      `Saved 28 h 50 min: 31 h by hand of delivered tasks, less 2 h 10 min of review of every task decided about. ${FORMULA}`,
      'Waiting for you: 2 (oldest 4 days, #131.1) · Held: 1',
      'By client: Acme $3.10 · Borealis $2.40',
      'By lane: tool $0.00 · senior $4.90',
      'Checked: 9 sent back by the gate, 3 by people, 1 rejected. 17 of 23 approved unchanged',
    ]);
  });

  test('an empty week has no empty lists', () => {
    const lines = practiceLines({
      ...WEEK,
      delivered: 0,
      minutes: NO_MINUTES,
      cost: known(0),
      clients: [],
      lanes: [],
      waiting: [],
      held: 0,
    });
    expect(lines.slice(0, 3)).toEqual([
      '0 tasks delivered, cost $0.00, about 0 min by hand (table)',
      `Saved 0 min: 0 min by hand of delivered tasks, less 0 min of review of every task decided about. ${FORMULA}`,
      'Waiting for you: nothing · Held: 0',
    ]);
    expect(lines).toHaveLength(4);
  });

  test('one of a thing is not many', () => {
    const lines = practiceLines({
      ...WEEK,
      delivered: 1,
      minutes: { ...NO_MINUTES, byHand: 90, range: { low: 90, high: 90 } },
      waiting: [{ number: '#1.1', days: 1 }],
    });
    expect(lines[0]).toBe('1 task delivered, cost $6.41, about 90 min by hand (table)');
    expect(lines[2]).toBe('Waiting for you: 1 (oldest 1 day, #1.1) · Held: 1');
  });
});

test('a week of rejected work saves less than nothing, and a correction of an earlier week is told', () => {
  const minutes = { ...NO_MINUTES, review: 150, later: -20, saved: -170 };
  expect(practiceLines({ ...WEEK, delivered: 0, minutes })[1]).toContain(
    'Saved −2 h 50 min: 0 min by hand of delivered tasks, −20 min corrected of earlier tasks, less 2 h 30 min of review',
  );
});

describe('prices nobody knows', () => {
  test('are said, and are never nothing', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 500 }), (nano, unpriced) => {
        const said = sumText({ nano: nanoUsd(nano), unpriced });
        expect(said).toMatch(nano === 0 ? /^not known$/ : /^at least \$/);
        const lines = practiceLines({ ...WEEK, cost: { nano: nanoUsd(nano), unpriced } });
        expect(lines.at(-1)).toMatch(/^Price not known for \d+ calls?: in no sum above/);
      }),
    );
  });
});

describe('the week of a client', () => {
  const theirs = {
    delivered: 2,
    minutes: { byHand: 100, range: { low: 60, high: 100 }, corrected: 0, review: 12 },
    cost: known(0.5),
    sentBackByGate: 1,
    sentBackByPeople: 0,
    approvedUnchanged: 2,
  };

  test('tells of delivered work and of nothing that waits', () => {
    expect(clientLines(theirs)).toEqual([
      '2 tasks delivered, cost $0.50, about 100 min by hand (table to estimate: 60 min to 100 min), 12 min of review',
      'Checked before delivery: 1 sent back by the gate, 0 by people. 2 of 2 approved unchanged',
    ]);
  });

  test('says when there was nothing, and no figure then', () => {
    const none = { ...theirs, delivered: 0, cost: { nano: NO_COST, unpriced: 3 } };
    expect(clientLines(none)).toEqual(['Nothing was delivered this week.']);
  });
});
