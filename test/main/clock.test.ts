import { expect, test } from '@jest/globals';
import { CLOCK } from '../../src/main/clock.ts';

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids made faster than the clock ticks still sort in the order they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => CLOCK.newId<string>());

  expect(ids.filter((id) => !V7.test(id))).toEqual([]);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an id begins with the time it was made', () => {
  const before = CLOCK.now();
  const ms = Number.parseInt(CLOCK.newId<string>().replaceAll('-', '').slice(0, 12), 16);

  expect(ms).toBeGreaterThanOrEqual(before);
  // 20,000 ids a moment ago may have run a few milliseconds ahead.
  expect(ms).toBeLessThanOrEqual(CLOCK.now() + 50);
});
