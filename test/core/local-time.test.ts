import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateText, daysText, localTime, timeText, utcStamp } from '../../src/core/local-time.ts';
import { moment } from '../../src/core/moment.ts';

const anyMoment = fc.integer({ min: Date.UTC(1800, 0), max: Date.UTC(2300, 0) }).map(moment);
const UTC = [{ from: moment(0), minutes: 0 }];
const BERLIN = [
  { from: moment(0), minutes: 60 },
  { from: moment(Date.UTC(2026, 2, 29, 1)), minutes: 120 },
  { from: moment(Date.UTC(2026, 9, 25, 1)), minutes: 60 },
];

test('stamps are those of the platform', () => {
  fc.assert(
    fc.property(anyMoment, (at) => {
      expect(utcStamp(at)).toBe(new Date(at).toISOString());
    }),
  );
});

test('what clocks show is UTC and their offset, to the minute', () => {
  const minutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
  fc.assert(
    fc.property(anyMoment, minutes, (at, ahead) => {
      const there = new Date(at + ahead * 60_000);
      expect(localTime(at, [{ from: moment(at), minutes: ahead }])).toEqual({
        year: there.getUTCFullYear(),
        month: there.getUTCMonth() + 1,
        day: there.getUTCDate(),
        hour: there.getUTCHours(),
        minute: there.getUTCMinutes(),
      });
    }),
  );
});

test('the offset in force decides, on both sides of a change', () => {
  expect(timeText(moment(Date.UTC(2026, 2, 29, 0, 59)), BERLIN)).toBe('29 March 2026, 01:59');
  expect(timeText(moment(Date.UTC(2026, 2, 29, 1)), BERLIN)).toBe('29 March 2026, 03:00');
  expect(timeText(moment(Date.UTC(2026, 9, 25, 1)), BERLIN)).toBe('25 October 2026, 02:00');
});

test('days are told with no more words than they need', () => {
  const days = (from: number, to: number): string => daysText(moment(from), moment(to), UTC);
  expect(days(Date.UTC(2026, 10, 26), Date.UTC(2026, 10, 27))).toBe('26 November 2026');
  expect(days(Date.UTC(2026, 10, 1), Date.UTC(2026, 11, 1))).toBe('1 to 30 November 2026');
  expect(days(Date.UTC(2026, 9, 15), Date.UTC(2026, 11, 1))).toBe('15 October to 30 November 2026');
  expect(days(Date.UTC(2025, 11, 1), Date.UTC(2026, 1, 1))).toBe(
    '1 December 2025 to 31 January 2026',
  );
  expect(dateText(moment(Date.UTC(2024, 1, 29)), UTC)).toBe('29 February 2024');
});
