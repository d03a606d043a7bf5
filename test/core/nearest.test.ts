import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distance, nearest } from '../../src/core/nearest.ts';

describe('the nearest word', () => {
  test.each([
    ['staus', 'status'],
    ['HELP', 'help'],
    ['halp', 'help'],
    ['digets', 'digest'],
    ['hold-lane-of', 'HOLD-LANE-OFF'],
  ])('%s is taken for %s', (written, meant) => {
    expect(nearest(written, ['help', 'status', 'why', 'digest', 'HOLD-LANE-OFF'])).toBe(meant);
  });

  test('something else altogether is taken for nothing', () => {
    expect(nearest('xylophone', ['help', 'status'])).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });

  test('distance is nothing only between the same words, and the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(distance(a, b) === 0).toBe(a === b);
        expect(distance(a, b)).toBe(distance(b, a));
      }),
    );
  });
});
