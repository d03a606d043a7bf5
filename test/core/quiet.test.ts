import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { offsetsOf } from '../../src/cli/statement/days.ts';
import { localTime } from '../../src/core/local-time.ts';
import { moment } from '../../src/core/moment.ts';
import { endOfQuiet, quietIn, WEEKDAYS } from '../../src/core/quiet.ts';
import type { QuietHours } from '../../src/core/quiet.ts';
import { whatIsDue } from '../../src/core/waiting.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NIGHTS: QuietHours = { from: '19:00', to: '08:00', days: ['saturday', 'sunday'] };
const at = (iso: string) => moment(Date.parse(iso));

describe('quiet hours', () => {
  const berlin = quietIn('Europe/Berlin', NIGHTS);

  test.each([
    ['an evening', '2026-11-26T18:00:00Z', true],
    ['the minute before it', '2026-11-26T17:59:59Z', false],
    ['a night', '2026-11-27T03:00:00Z', true],
    ['its last minute', '2026-11-27T06:59:59Z', true],
    ['its end', '2026-11-27T07:00:00Z', false],
    ['a Saturday noon', '2026-11-28T11:00:00Z', true],
    ['a Sunday evening', '2026-11-29T22:30:00Z', true],
    ['a Monday morning', '2026-11-30T07:00:00Z', false],
    ['the end of a night in summer time', '2026-07-01T06:00:00Z', false],
    ['the same an hour before', '2026-07-01T05:00:00Z', true],
  ])('%s', (_what, iso, quiet) => expect(berlin(at(iso))).toBe(quiet));

  test('lie within a day where they begin before they end', () => {
    const lunch = quietIn('UTC', { from: '12:00', to: '13:00', days: [] });
    const asked = ['11:59', '12:00', '12:59', '13:00'].map((time) =>
      lunch(at(`2026-11-26T${time}:00Z`)),
    );
    expect(asked).toEqual([false, true, true, false]);
  });

  test('are none where none are written', () => {
    expect(quietIn('UTC', null)(at('2026-11-28T03:00:00Z'))).toBe(false);
  });

  test('end at the first minute after them: over a weekend, and when clocks change in it', () => {
    expect(endOfQuiet(at('2026-11-27T18:00:30Z'), berlin)).toBe(at('2026-11-30T07:00:00Z'));
    expect(endOfQuiet(at('2026-10-23T17:30:00Z'), berlin)).toBe(at('2026-10-26T07:00:00Z'));
    expect(endOfQuiet(at('2026-03-27T18:30:00Z'), berlin)).toBe(at('2026-03-30T06:00:00Z'));
  });
});

/** Zones whose clocks change by an hour, by half an hour, at midnight, or never. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
];
/** In the weeks around each change of clocks of 2026 and 2027, north and south. */
const CHANGES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-09-06',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2027-03-28',
].map((day) => Date.parse(`${day}T00:00:00Z`));

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((of) => of.map((n) => String(n).padStart(2, '0')).join(':'));
const hours: fc.Arbitrary<QuietHours> = fc
  .record({ from: time, to: time, days: fc.subarray([...WEEKDAYS], { maxLength: 5 }) })
  .filter(({ from, to }) => from !== to);
const due = fc.record({
  zone: fc.constantFrom(...ZONES),
  hours,
  due: fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2 * DAY, max: 2 * DAY }))
    .map(([change, by]) => change + by),
  /** How long after a full minute the looks come. */
  beat: fc.nat(MINUTE - 1),
  remindAfter: fc.integer({ min: 1, max: 100 }).map((n) => n * HOUR),
});

/** The same question asked another way: by offsets from UTC and arithmetic, without the calendar of the platform. */
function told(zone: string, { from, to, days }: QuietHours, now: number): boolean {
  const offsets = offsetsOf(zone, { from: moment(now), to: moment(now) });
  const local = localTime(moment(now), offsets);
  const minutes = local.hour * 60 + local.minute;
  const day = Math.floor(Date.UTC(local.year, local.month - 1, local.day) / DAY);
  const [begins = 0, ends = 0] = [from, to].map((text) => {
    const [hour = 0, minute = 0] = text.split(':').map(Number);
    return hour * 60 + minute;
  });
  const since = (minutes - begins + 1440) % 1440;
  const name = WEEKDAYS[(((day + 3) % 7) + 7) % 7];
  return since < (ends - begins + 1440) % 1440 || (name !== undefined && days.includes(name));
}

test('a reminder never falls in quiet hours and never later than the first look after them, also when clocks change', () => {
  fc.assert(
    fc.property(due, ({ zone, hours, due, beat, remindAfter }) => {
      const quiet = quietIn(zone, hours);
      const began = moment(due - remindAfter);
      const by = { remindAfter, expireAfter: 400 * DAY, quiet };
      let look = Math.ceil((due - beat) / MINUTE) * MINUTE + beat;
      const before = whatIsDue(moment(look - MINUTE), { moved: began, began, reminds: true }, by);
      expect(before.is).toBe('nothing');
      while (told(zone, hours, look)) {
        expect(whatIsDue(moment(look), { moved: began, began, reminds: true }, by).is).toBe(
          'nothing',
        );
        look += MINUTE;
      }
      const now = whatIsDue(moment(look), { moved: began, began, reminds: true }, by);
      expect(now).toEqual({ is: 'remind', due, quiet: told(zone, hours, due) });
    }),
    { numRuns: 60 },
  );
});
