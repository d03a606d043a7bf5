import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clientLines, practiceLines, sumText } from '../../src/core/digest.ts';
import type { PracticeWeek } from '../../src/core/digest.ts';
import { nanoUsd, NO_COST } from '../../src/core/money.ts';

const dollars = (amount: number) => nanoUsd(Math.round(amount * 1e9));
const known = (amount: number) => ({ nano: dollars(amount), unpriced: 0 });

const WEEK: PracticeWeek = {
  delivered: 23,
  minutes: 1860,
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
  test('says all figures in plain lines', () => {
    expect(practiceLines(WEEK)).toEqual([
      '23 tasks delivered, cost $6.41, about 31 h by hand (table)',
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
      minutes: 0,
      cost: known(0),
      clients: [],
      lanes: [],
      waiting: [],
      held: 0,
    });
    expect(lines.slice(0, 2)).toEqual([
      '0 tasks delivered, cost $0.00, about 0 min by hand (table)',
      'Waiting for you: nothing · Held: 0',
    ]);
    expect(lines).toHaveLength(3);
  });

  test('one of a thing is not many', () => {
    const lines = practiceLines({
      ...WEEK,
      delivered: 1,
      minutes: 90,
      waiting: [{ number: '#1.1', days: 1 }],
    });
    expect(lines[0]).toBe('1 task delivered, cost $6.41, about 90 min by hand (table)');
    expect(lines[1]).toBe('Waiting for you: 1 (oldest 1 day, #1.1) · Held: 1');
  });
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
    minutes: 100,
    cost: known(0.5),
    sentBackByGate: 1,
    sentBackByPeople: 0,
    approvedUnchanged: 2,
  };

  test('tells of delivered work and of nothing that waits', () => {
    expect(clientLines(theirs)).toEqual([
      '2 tasks delivered, cost $0.50, about 100 min by hand (table)',
      'Checked before delivery: 1 sent back by the gate, 0 by people. 2 of 2 approved unchanged',
    ]);
  });

  test('says when there was nothing, and no figure then', () => {
    const none = { ...theirs, delivered: 0, cost: { nano: NO_COST, unpriced: 3 } };
    expect(clientLines(none)).toEqual(['Nothing was delivered this week.']);
  });
});
