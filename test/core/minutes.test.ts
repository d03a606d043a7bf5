import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  byHandText,
  counting,
  minutesText,
  NOT_SAID,
  rangeOf,
  reviewOf,
  tableMinutes,
} from '../../src/core/minutes.ts';
import type { ByHand } from '../../src/core/minutes.ts';
import { moment } from '../../src/core/moment.ts';

const maybe = fc.option(fc.nat({ max: 5_000 }));
const anySaid: fc.Arbitrary<ByHand> = fc.record({ table: maybe, persona: maybe, person: maybe });

describe('the three figures of minutes by hand', () => {
  test('a person’s correction counts before the table, and the table before the estimate', () => {
    const said = { table: 180, persona: 150, person: 60 };
    expect(counting(said)).toEqual({ byHand: 60, basis: 'person' });
    expect(counting({ ...said, person: null })).toEqual({ byHand: 180, basis: 'table' });
    expect(counting({ ...NOT_SAID, persona: 150 })).toEqual({ byHand: 150, basis: 'persona' });
    expect(counting(NOT_SAID)).toBeNull();
  });

  test('are a range until a person corrects them, and all of them are told', () => {
    const said = { table: 180, persona: 150, person: null };
    expect(byHandText(said)).toBe(
      '150 to 180 min by hand (table 180, estimate 150; not corrected)',
    );
    expect(byHandText({ ...said, person: 60 })).toBe(
      '60 min by hand (corrected; table 180; estimate 150)',
    );
    expect(byHandText(NOT_SAID)).toBe('minutes by hand not known');
    expect(byHandText({ ...said, persona: null })).toBe(
      '180 min by hand (table 180; not corrected)',
    );
  });

  test('what counts lies in the range, whatever was said', () => {
    fc.assert(
      fc.property(anySaid, (said) => {
        const { low, high } = rangeOf(said);
        const counted = counting(said)?.byHand ?? 0;
        expect(low <= counted && counted <= high).toBe(true);
        if (said.person !== null) expect([low, high]).toEqual([said.person, said.person]);
      }),
    );
  });
});

describe('the minutes of a review', () => {
  const at = moment(100_000_000);

  test('are the table’s where Read was not pressed', () => {
    expect(reviewOf(25, { readAt: null, at })).toEqual({ minutes: 25, basis: 'table', table: 25 });
  });

  test('are begun minutes from Read to the decision, at most twice the table’s', () => {
    const after = (ms: number) => reviewOf(10, { readAt: moment(at - ms), at });
    expect(after(0)).toEqual({ minutes: 1, basis: 'measured', table: 10 });
    expect(after(60_000).minutes).toBe(1);
    expect(after(60_001).minutes).toBe(2);
    expect(after(20 * 60_000).minutes).toBe(20);
    expect(after(9 * 3_600_000).minutes).toBe(20);
  });

  test('are never more than twice the table, and never negative', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), fc.nat(), (table, read, decided) => {
        const { minutes } = reviewOf(table, { readAt: moment(read), at: moment(decided) });
        expect(minutes >= 0 && minutes <= 2 * table).toBe(true);
      }),
    );
  });
});

test('minutes are told in minutes and hours, below nothing as well', () => {
  expect([0, 119, 120, 585, -12, -150].map(minutesText)).toEqual([
    '0 min',
    '119 min',
    '2 h',
    '9 h 45 min',
    '−12 min',
    '−2 h 30 min',
  ]);
});

test('the table is asked by kind and size, and knows nothing of a kind without a row', () => {
  const row = {
    kind: 'draft.blog',
    byHand: { small: 60, medium: 120, large: 300 },
    review: { small: 10, medium: 20, large: 40 },
    basis: 'two readings',
    since: '2026-11-23',
  };
  const sizes = { small: { words: 800, files: 3 }, medium: { words: 3_000, files: 12 } };
  const table = { minutes: new Map([[row.kind, row]]), sizes };
  const sized = { kind: 'draft.blog', words: 10, files: 1 };
  expect(tableMinutes(table, 'byHand', sized)).toBe(60);
  expect(tableMinutes(table, 'review', { ...sized, files: 4 })).toBe(20);
  expect(tableMinutes(table, 'review', { ...sized, words: 9_000 })).toBe(40);
  expect(tableMinutes(table, 'review', { ...sized, kind: 'unknown' })).toBe(0);
});
