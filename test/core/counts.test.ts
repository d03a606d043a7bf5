import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Counts, Vector } from '../../src/core/counts.ts';
import { makeCounts } from '../../src/core/counts.ts';

const [FEATURES, KINDS] = [6, 3];
const vector = (...at: readonly number[]): Vector => ({ at, value: at.map(() => 1) });
const best = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores));

/** What the counts say of features, for each kind, read from the table they were added to. */
function scored(counts: Counts, ...features: readonly number[]): readonly number[] {
  const weights = new Float32Array(FEATURES * KINDS);
  counts.addTo(weights, 1);
  return [0, 1, 2].map((kind) =>
    features.reduce((sum, feature) => sum + (weights[feature * KINDS + kind] ?? 0), 0),
  );
}

test('a feature speaks for the kind it was seen with', () => {
  const counts = makeCounts(FEATURES, KINDS);
  [0, 1, 2].forEach((kind) => counts.take({ vector: vector(kind, 3), kind }));
  for (const kind of [0, 1, 2]) expect(best(scored(counts, kind))).toBe(kind);
  // What stands in every kind alike says nothing of any.
  const [a = 0, b = 0, c = 0] = scored(counts, 3);
  expect([b, c].every((score) => Math.abs(score - a) < 1e-6)).toBe(true);
});

test('the more often, the more it says', () => {
  const seen = (times: number): number => {
    const counts = makeCounts(FEATURES, KINDS);
    [0, 1, 2].forEach((kind) => counts.take({ vector: vector(kind), kind }));
    for (let i = 0; i < times; i += 1) counts.take({ vector: vector(4), kind: 1 });
    const [a = 0, b = 0] = scored(counts, 4);
    return b - a;
  };
  expect(seen(1)).toBeGreaterThan(seen(0));
  expect(seen(5)).toBeGreaterThan(seen(1));
});

test('what was never seen with a kind is finite, and half of it is half', () => {
  const sample = fc.record({
    at: fc.uniqueArray(fc.nat(FEATURES - 1), { minLength: 1, maxLength: 4 }),
    kind: fc.nat(KINDS - 1),
  });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 12 }), (samples) => {
      const counts = makeCounts(FEATURES, KINDS);
      for (const { at, kind } of samples) counts.take({ vector: vector(...at), kind });
      const [whole, half] = [1, 0.5].map((share) => {
        const weights = new Float32Array(FEATURES * KINDS);
        counts.addTo(weights, share);
        return weights;
      });
      whole?.forEach((by, place) => expect(half?.[place]).toBeCloseTo(by / 2, 4));
      expect(whole?.every(Number.isFinite)).toBe(true);
    }),
  );
});
