import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linesOf, totalsOf } from '../../src/core/attribution.ts';
import type { Run } from '../../src/core/attribution.ts';

/** Lines as their parts: source and text. */
const parts = (text: string, runs: readonly Run[]) =>
  linesOf(text, runs).map((line) =>
    line.runs.map(({ source, from, to }) => `${source}:${line.text.slice(from, to)}`),
  );

describe('lines', () => {
  test('a run over several lines is cut, and white space at its ends is nobody’s', () => {
    const text = '  one two\r\n\r\n\tthree four\nfive';
    const runs = [
      { source: 0, from: 2, to: 19 },
      { source: 1, from: 20, to: 29 },
    ];
    expect(parts(text, runs)).toEqual([['0:one two'], [], ['0:three', '1:four'], ['1:five']]);
    expect(linesOf(text, runs).map((line) => line.text)).toEqual([
      '  one two',
      '',
      '\tthree four',
      'five',
    ]);
  });

  test('the end of the last line makes no line more, an empty text has none', () => {
    expect(linesOf('one\n', [{ source: 0, from: 0, to: 3 }])).toHaveLength(1);
    expect(linesOf('one\n\n', [])).toHaveLength(2);
    expect(linesOf('', [])).toEqual([]);
  });

  test('nothing but white space is lost, whatever the text and the runs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n') }),
        fc.array(fc.nat({ max: 30 })),
        (text, cuts) => {
          const ends = [...new Set(cuts.map((cut) => Math.min(cut, text.length)))].sort(
            (a, b) => a - b,
          );
          const runs = [...ends, text.length].map((to, i) => ({
            source: i,
            from: ends[i - 1] ?? 0,
            to,
          }));
          const kept = parts(
            text,
            runs.filter(({ from, to }) => to > from),
          )
            .flat()
            .map((part) => part.replace(/^\d+:/, ''));
          expect(kept.join('').replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''));
          expect(kept.every((part) => part === part.trim() && part !== '')).toBe(true);
        },
      ),
    );
  });
});

test('the words of all files are added up by source, most first', () => {
  const files = [
    {
      shares: [
        { source: 1, words: 4 },
        { source: 0, words: 2 },
      ],
    },
    { shares: [] },
    {
      shares: [
        { source: 0, words: 3 },
        { source: 2, words: 4 },
      ],
    },
  ];
  expect(totalsOf(files)).toEqual([
    { source: 0, words: 5 },
    { source: 1, words: 4 },
    { source: 2, words: 4 },
  ]);
});
