import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Vector } from '../../src/core/counts.ts';
import { makeCounts } from '../../src/core/counts.ts';

const [FEATURES, KINDS] = [6, 3];
const vector = (...at: readonly number[]): Vector => ({
  at: Int32Array.from(at),
  value: Float32Array.from(at, () => 1),
});
const best = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));

test('a feature speaks for the kind it was seen with', () => {
  const counts = makeCounts(FEATURES, KINDS);
  [0, 1, 2].forEach((kind) => counts.take({ vector: vector(kind, 3), kind }));
  for (const kind of [0, 1, 2]) expect(best(counts.score(vector(kind)))).toBe(kind);
  // What stands in every kind alike says nothing of any.
  const [a = 0, b = 0, c = 0] = counts.score(vector(3));
  expect([b, c].every((score) => Math.abs(score - a) < 1e-9)).toBe(true);
});

test('the more often, the more it says', () => {
  const seen = (times: number): number => {
    const counts = makeCounts(FEATURES, KINDS);
    [0, 1, 2].forEach((kind) => counts.take({ vector: vector(kind), kind }));
    for (let i = 0; i < times; i += 1) counts.take({ vector: vector(4), kind: 1 });
    const [a = 0, b = 0] = counts.score(vector(4));
    return b - a;
  };
  expect(seen(1)).toBeGreaterThan(seen(0));
  expect(seen(5)).toBeGreaterThan(seen(1));
});

test('put into a table of weights it says the same of every text, up to what all kinds share', () => {
  const sample = fc.record({
    at: fc.uniqueArray(fc.nat(FEATURES - 1), { minLength: 1, maxLength: 4 }),
    kind: fc.nat(KINDS - 1),
  });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 12 }), sample, (samples, asked) => {
      const counts = makeCounts(FEATURES, KINDS);
      for (const { at, kind } of samples) counts.take({ vector: vector(...at), kind });
      const weights = new Float32Array(FEATURES * KINDS);
      counts.addTo(weights, 1);
      const direct = counts.score(vector(...asked.at));
      const summed = [0, 1, 2].map((kind) =>
        asked.at.reduce((sum, feature) => sum + (weights[feature * KINDS + kind] ?? 0), 0),
      );
      direct.forEach((score, kind) => expect(summed[kind]).toBeCloseTo(score, 3));
      expect(direct.every(Number.isFinite)).toBe(true);
    }),
  );
});
