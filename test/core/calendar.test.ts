import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateOf, startOfDate, startOfDay } from '../../src/core/calendar.ts';
import { moment } from '../../src/core/moment.ts';

test('dates are those of the calendar of the machine, over all years a record may hold', () => {
  const all = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('2399-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(all, (date) => {
      const at = moment(date.getTime());
      const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
      expect(dateOf(at)).toEqual({ year, month, day });
      expect(startOfDate({ year, month, day })).toBe(Date.UTC(year, month - 1, day));
      expect(startOfDay(date.toISOString().slice(0, 10))).toBe(Date.UTC(year, month - 1, day));
    }),
    { numRuns: 2000 },
  );
});
