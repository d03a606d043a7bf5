import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { offsetsOf, spanOf } from '../../../src/cli/statement/days.ts';
import { localTime } from '../../../src/core/local-time.ts';
import { moment } from '../../../src/core/moment.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const span = (from: string, to: string, zone: string): readonly string[] => {
  const { from: a, to: b } = spanOf({ from, to }, zone);
  return [iso(a), iso(b)];
};

describe('days', () => {
  test('are whole, both included, where the practice is', () => {
    expect(span('2026-11-01', '2026-11-30', 'Europe/Berlin')).toEqual([
      '2026-10-31T23:00:00.000Z',
      '2026-11-30T23:00:00.000Z',
    ]);
    expect(span('2026-11-26', '2026-11-26', 'America/New_York')).toEqual([
      '2026-11-26T05:00:00.000Z',
      '2026-11-27T05:00:00.000Z',
    ]);
  });

  test('are an hour longer or shorter where clocks change', () => {
    const hours = (day: string): number => {
      const { from, to } = spanOf({ from: day, to: day }, 'Europe/Berlin');
      return (to - from) / 3_600_000;
    };
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 23, 25]);
  });

  test.each([
    ['2026-13-01', '2026-12-31', /--from must be a day/],
    ['2026-02-30', '2026-12-31', /--from must be a day/],
    ['2026-11-01', '30.11.2026', /--to must be a day/],
    ['2026-11-02', '2026-11-01', /--from must not be after --to.*Exchange them/],
  ])('%s to %s is refused', (from, to, says) => {
    expect(() => spanOf({ from, to }, 'UTC')).toThrow(says);
  });

  test('of neighbouring ranges meet without a gap', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Auckland',
    );
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 5_000 }), (where, n) => {
        const day = (i: number): string => iso(Date.UTC(2020, 0, 1 + i)).slice(0, 10);
        const first = spanOf({ from: day(n), to: day(n) }, where);
        const next = spanOf({ from: day(n + 1), to: day(n + 1) }, where);
        expect(first.to).toBe(next.from);
      }),
    );
  });
});

describe('the clocks of a zone', () => {
  test('change on the minute', () => {
    const year = { from: moment(Date.UTC(2026, 0)), to: moment(Date.UTC(2027, 0)) };
    expect(offsetsOf('Europe/Berlin', year)).toEqual([
      { from: Date.UTC(2026, 0), minutes: 60 },
      { from: Date.UTC(2026, 2, 29, 1), minutes: 120 },
      { from: Date.UTC(2026, 9, 25, 1), minutes: 60 },
    ]);
    expect(offsetsOf('Asia/Kolkata', year)).toEqual([{ from: Date.UTC(2026, 0), minutes: 330 }]);
  });

  test('show what the tables of the platform say, at any moment in between', () => {
    const year = { from: moment(Date.UTC(2024, 0)), to: moment(Date.UTC(2027, 0)) };
    const zones = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'].map(
      (zone) => ({
        zone,
        offsets: offsetsOf(zone, year),
        format: new Intl.DateTimeFormat('sv', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'short',
        }),
      }),
    );
    const at = fc.integer({ min: year.from, max: year.to - 1 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), at, ({ offsets, format }, ms) => {
        const { year: y, month, day, hour, minute } = localTime(moment(ms), offsets);
        const two = (n: number): string => String(n).padStart(2, '0');
        expect(`${y}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`).toBe(
          format.format(ms),
        );
      }),
      { numRuns: 500 },
    );
  });
});
