import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDay } from '../../src/core/day.ts';

test('every day of the calendar is read, and no other text', () => {
  const days = fc.date({
    min: new Date('1000-01-01T00:00:00Z'),
    max: new Date('2999-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (date) => {
      const text = date.toISOString().slice(0, 10);
      expect(readDay(text)).toBe(text);
    }),
  );
  fc.assert(
    fc.property(fc.nat(9_999), fc.nat(20), fc.nat(40), (year, month, day) => {
      const pad = (n: number, to: number): string => String(n).padStart(to, '0');
      const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
      const at = new Date(Date.UTC(year, month - 1, day));
      const real = year >= 1_000 && year < 3_000 && at.toISOString().slice(0, 10) === text;
      expect(readDay(text)).toBe(real ? text : undefined);
    }),
  );
});

test.each([
  '',
  '2026-11',
  '2026-11-3',
  '26-11-30',
  '2026/11/30',
  ' 2026-11-30',
  '2026-11-30T00:00',
  'today',
])('%j is no day', (text) => expect(readDay(text)).toBeUndefined());
