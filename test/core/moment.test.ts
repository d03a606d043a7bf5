import { expect, test } from '@jest/globals';
import { isoText, moment, wallClock } from '../../src/core/moment.ts';

const MIDNIGHT = moment(Date.UTC(2026, 10, 23, 23, 5));

test.each([
  ['Europe/Berlin', '2026-11-24 00:05'],
  ['UTC', '2026-11-23 23:05'],
  ['Asia/Kathmandu', '2026-11-24 04:50'],
  ['America/Los_Angeles', '2026-11-23 15:05'],
])('in %s a clock shows the day and hour of there', (zone, says) => {
  expect(wallClock(zone)(MIDNIGHT)).toBe(says);
});

test('a machine is told UTC', () => {
  expect(isoText(MIDNIGHT)).toBe('2026-11-23T23:05:00.000Z');
});
