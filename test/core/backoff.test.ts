import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { askedMs, isAbsurd, LONGEST_ASKED_MS, waitMs } from '../../src/core/backoff.ts';

const WAITS = { firstMs: 2_000, longestMs: 300_000 };
const anyTries = fc.integer({ min: -3, max: 10_000 });

describe('a wait', () => {
  test('doubles, up to the longest, and is at most a quarter shorter by chance', () => {
    fc.assert(
      fc.property(anyTries, fc.string(), (tries, seed) => {
        const full = Math.min(WAITS.longestMs, 2_000 * 2 ** Math.max(0, Math.min(tries - 1, 30)));
        const wait = waitMs({ tries, seed }, WAITS);
        expect(wait).toBeLessThanOrEqual(full);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(full * 0.75));
      }),
    );
  });

  test('is the same for the same task and try, and not for all tasks', () => {
    const waits = Array.from({ length: 50 }, (_, n) => waitMs({ tries: 3, seed: `${n}` }, WAITS));
    expect(waits).toEqual(
      Array.from({ length: 50 }, (_, n) => waitMs({ tries: 3, seed: `${n}` }, WAITS)),
    );
    expect(new Set(waits).size).toBeGreaterThan(40);
  });

  test('never ends before the time a server named, nor much later', () => {
    fc.assert(
      fc.property(fc.nat(LONGEST_ASKED_MS), anyTries, fc.string(), (named, tries, seed) => {
        const wait = waitMs({ tries, seed, retryAfterMs: named }, WAITS);
        expect(wait).toBeGreaterThanOrEqual(named);
        expect(wait).toBeLessThanOrEqual(named + 5_000);
      }),
    );
  });

  test('is bounded for whatever a server says', () => {
    const said = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e15, -1, NaN, Infinity));
    fc.assert(
      fc.property(said, (named) => {
        const asked = askedMs(named);
        expect(Number.isSafeInteger(asked)).toBe(true);
        expect(asked).toBeGreaterThanOrEqual(0);
        expect(asked).toBeLessThanOrEqual(LONGEST_ASKED_MS);
      }),
    );
  });
});

test('more than an hour is not waited for', () => {
  expect([undefined, 0, LONGEST_ASKED_MS, LONGEST_ASKED_MS + 1, 1e15].map(isAbsurd)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});
