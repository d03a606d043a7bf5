import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { readWeek, weekEdges, weekMiddle, weekOf, weekText } from '../../src/core/week.ts';

const HOUR = 3_600_000;
const anyMoment = fc
  .integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2400, 0, 1) })
  .map((ms) => moment(ms));

describe('weeks', () => {
  test('every moment lies in exactly one week', () => {
    fc.assert(
      fc.property(anyMoment, (at) => {
        const { from, to } = weekEdges(weekOf(at));
        expect(from <= at && at < to).toBe(true);
        expect(to - from).toBe(7 * 24 * HOUR);
        expect(weekOf(moment(from - 1))).not.toEqual(weekOf(at));
        expect(weekEdges(weekOf(to)).from).toBe(to);
      }),
    );
  });

  test('a week begins on Monday and belongs to the year of its Thursday', () => {
    fc.assert(
      fc.property(anyMoment, (at) => {
        const week = weekOf(at);
        const { from } = weekEdges(week);
        expect(new Date(from).getUTCDay()).toBe(1);
        expect(new Date(weekMiddle(week)).getUTCDay()).toBe(4);
        expect(new Date(weekMiddle(week)).getUTCFullYear()).toBe(week.year);
      }),
    );
  });

  test('its text reads back as the same week', () => {
    fc.assert(
      fc.property(anyMoment, (at) => {
        expect(readWeek(weekText(weekOf(at)))).toEqual(weekOf(at));
      }),
    );
  });

  test('its middle lies in it in every time zone', () => {
    const week = { year: 2026, week: 47 };
    for (const hours of [-12, 14])
      expect(weekOf(moment(weekMiddle(week) + hours * HOUR))).toEqual(week);
  });

  test.each([
    ['2026-11-23', '2026-W48'],
    ['2026-11-22', '2026-W47'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['1969-12-31', '1970-W01'],
  ])('%s is in %s', (day, week) => {
    expect(weekText(weekOf(moment(Date.parse(day))))).toBe(week);
  });

  test.each(['', '2026', '2026-W00', '2025-W53', '2026-W54', '2026-W4', 'W47', '2026-W47 x'])(
    '%j is no week',
    (text) => expect(readWeek(text)).toBeUndefined(),
  );
});
