import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  mainAuthor,
  markOf,
  percentsOf,
  percentText,
  sharesSentence,
} from '../../../src/core/blame/blamed.ts';

test('marks are letters, one for each author however many there are', () => {
  expect([0, 1, 25, 26, 27, 51, 52, 702].map(markOf)).toEqual([
    'A',
    'B',
    'Z',
    'AA',
    'AB',
    'AZ',
    'BA',
    'AAA',
  ]);
  expect(new Set(Array.from({ length: 2000 }, (_, i) => markOf(i))).size).toBe(2000);
});

test('percents are whole, make 100, and are off by less than one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1e6 }), { minLength: 1, maxLength: 20 }), (counts) => {
      const all = counts.reduce((sum, count) => sum + count, 0);
      const percents = percentsOf(counts);
      const sum = percents.reduce((made, percent) => made + percent, 0);
      expect(sum).toBe(all === 0 ? 0 : 100);
      for (const [i, percent] of percents.entries())
        if (all > 0) expect(Math.abs(percent - (100 * (counts[i] ?? 0)) / all)).toBeLessThan(1);
    }),
  );
});

describe('shares in words', () => {
  const author = (says: string, words: number, percent: number) => ({
    mark: 'A',
    says,
    words,
    percent,
  });

  test('who wrote most comes first, and a few words are less than 1%', () => {
    const authors = [
      author('by model m as persona p', 700, 70),
      author('brought in with the request', 298, 30),
      author('by Ada', 2, 0),
    ];
    expect(sharesSentence({ authors })).toBe(
      '70% of the words by model m as persona p, 30% brought in with the request, less than 1% by Ada.',
    );
  });

  test('nobody wrote nothing', () => {
    expect(sharesSentence({ authors: [author('by Ada', 0, 0)] })).toBe('There are no words in it.');
    expect(percentText(author('by Ada', 0, 0))).toBe('0%');
  });
});

test('a line is whose most of it is; on a tie who comes first', () => {
  const run = (source: number, from: number, to: number) => ({ source, from, to });
  const line = (...runs: readonly ReturnType<typeof run>[]) => ({ text: 'x'.repeat(20), runs });
  expect(mainAuthor(line(run(1, 0, 3), run(0, 4, 9), run(1, 10, 15)))).toBe(1);
  expect(mainAuthor(line(run(2, 0, 3), run(0, 4, 7)))).toBe(2);
  expect(mainAuthor(line())).toBeNull();
});
