import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeShareClock } from '../../src/lanes/share-clock.ts';

test('one call alone has all of its time, two at once half of it each', () => {
  let now = 0;
  const clock = makeShareClock(() => now);
  const first = clock.begin();
  now = 100;
  const second = clock.begin();
  now = 300;
  expect(second.end()).toBe(100);
  now = 350;
  expect(first.end()).toBe(250);
});

test('no second is billed twice: all parts together are at most the time that any of them ran', () => {
  const steps = fc.array(fc.tuple(fc.nat(1_000), fc.boolean()), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(steps, (all) => {
      let now = 0;
      let busy = 0;
      let billed = 0;
      const clock = makeShareClock(() => now);
      const running: { end(): number }[] = [];
      for (const [ms, begins] of all) {
        if (running.length > 0) busy += ms;
        now += ms;
        if (begins) running.push(clock.begin());
        else billed += running.shift()?.end() ?? 0;
      }
      for (const call of running) billed += call.end();
      expect(billed).toBeLessThanOrEqual(busy);
      expect(billed).toBeGreaterThan(busy - all.length - 1);
    }),
  );
});
