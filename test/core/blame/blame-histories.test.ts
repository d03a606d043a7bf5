import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Attribution } from '../../../src/core/attribution.ts';
import { totalsOf } from '../../../src/core/attribution.ts';
import type { Version } from '../../../src/core/blame/blame-held.ts';
import { attribute } from '../../../src/core/blame/blame.ts';
import { diffLists } from '../../../src/report/diff.ts';
import { truthOf } from '../../helpers/history/doc.ts';
import { historyOf } from '../../helpers/history/history.ts';
import type { History } from '../../helpers/history/history.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const seeds = fc.integer({ min: 1, max: 2 ** 31 });

/** Each word of the last version with whose it is said to be, file after file in the order of the last state. */
function saidOf({ versions, last }: History, { sources, files }: Attribution): readonly string[] {
  return last.flatMap(({ name }) => {
    const text = versions.at(-1)?.files.find((file) => file.name === name)?.text ?? '';
    const runs = files.find((file) => file.name === name)?.runs ?? [];
    return [...text.matchAll(WORD)].map(({ index }) => {
      const run = runs.find(({ from, to }) => from <= index && index < to);
      return sources[run?.source ?? -1] ?? 'nobody';
    });
  });
}

/** How many words of a history are said to be whose they are, and how many there are. */
function rightOf(history: History): { readonly right: number; readonly all: number } {
  const said = saidOf(history, attribute(history.versions, diffLists));
  const truth = history.last.flatMap(truthOf);
  expect(said).toHaveLength(truth.length);
  const right = truth.filter(({ by }, i) => by === said[i]).length;
  return { right, all: truth.length };
}

describe('of histories whose truth is known', () => {
  test('at least 98% of the words are said to be whose they are', () => {
    let right = 0;
    let all = 0;
    for (let seed = 1; seed <= 120; seed += 1) {
      const one = rightOf(historyOf(seed));
      right += one.right;
      all += one.all;
    }
    expect(all).toBeGreaterThan(40_000);
    expect(right / all).toBeGreaterThan(0.995);
  }, 60_000);

  test('no single one is far off', () => {
    for (let seed = 1001; seed <= 1050; seed += 1) {
      const { right, all } = rightOf(historyOf(seed));
      expect([seed, right / all > 0.85]).toEqual([seed, true]);
    }
  }, 60_000);
});

describe('of any history', () => {
  const LIMITS = { numRuns: 25 };

  test('every word has one author, who is one of the versions, and shares add up to the words', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const history = historyOf(seed);
        const result = attribute(history.versions, diffLists);
        const said = saidOf(history, result);
        const authors = new Set(history.versions.map(({ source }) => source));
        expect(said.filter((author) => !authors.has(author))).toEqual([]);
        const counted = totalsOf(result.files).map(({ source, words }) => [
          result.sources[source],
          words,
        ]);
        for (const [author, words] of counted)
          expect(said.filter((one) => one === author)).toHaveLength(Number(words));
        expect(counted.reduce((sum, [, words]) => sum + Number(words), 0)).toBe(said.length);
      }),
      LIMITS,
    );
  });

  test('runs follow one another and leave out nothing but white space', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { versions } = historyOf(seed);
        const { files } = attribute(versions, diffLists);
        for (const [i, { runs }] of files.entries()) {
          const text = versions.at(-1)?.files[i]?.text ?? '';
          let end = 0;
          for (const { from, to } of runs) {
            expect(text.slice(end, from).trim()).toBe('');
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(text.slice(end).trim()).toBe('');
        }
      }),
      LIMITS,
    );
  });

  test('the same versions have the same bytes', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const said = (): string => JSON.stringify(attribute(historyOf(seed).versions, diffLists));
        expect(said()).toBe(said());
      }),
      { numRuns: 10 },
    );
  });

  test('a version that changes white space alone changes no author', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom('\n', '  ', '\r\n\t', '\u00a0'), (seed, space) => {
        const { versions } = historyOf(seed);
        const last = versions.at(-1)?.files ?? [];
        const spaced: Version = {
          source: 'somebody else',
          files: last.map(({ name, text }) => ({
            name,
            sha256: 'f'.repeat(64),
            text: text.replaceAll(/\s+/g, space),
          })),
        };
        const before = attribute(versions, diffLists);
        const after = attribute([...versions, spaced], diffLists);
        expect(after.files.map(({ shares }) => shares)).toEqual(
          before.files.map(({ shares }) => shares),
        );
      }),
      LIMITS,
    );
  });

  test('the last version taken twice changes nothing, and one that was taken back is as it was', () => {
    fc.assert(
      fc.property(seeds, fc.nat(), (seed, which) => {
        const { versions } = historyOf(seed);
        const at = which % versions.length;
        const old = versions[at];
        if (old === undefined) return;
        const then = attribute(versions.slice(0, at + 1), diffLists);
        const back = attribute([...versions, { ...old, source: 'somebody else' }], diffLists);
        const whose = ({ sources, files }: Attribution): unknown =>
          files.map(({ runs }) => runs.map((run) => ({ ...run, source: sources[run.source] })));
        expect(whose(back)).toEqual(whose(then));
      }),
      LIMITS,
    );
  });
});

test('what is not text like any other ends in time and says that it was looked at coarsely', () => {
  const file = (text: string) => ({ name: 'a.txt', sha256: 'f'.repeat(64), text });
  const filled = (size: number, word: (i: number) => string): string =>
    Array.from({ length: size }, (_, i) => word(i)).join(' ');
  const cases: readonly (readonly [string, string])[] = [
    [filled(20_000, (i) => `a${i}`), filled(20_000, (i) => `b${i}`)],
    [
      filled(20_000, (i) => 'ab'[((i * i) % 7) % 2] ?? ''),
      filled(20_000, (i) => 'ab'[(i % 3) % 2] ?? ''),
    ],
    [filled(20_000, () => '{'), filled(20_000, () => '}')],
    ['x'.repeat(520_000), 'y'.repeat(590_000)],
    [filled(120_000, (i) => `a${i % 977}`), filled(130_000, (i) => `a${(i * 7) % 977}`)],
  ];
  for (const [before, after] of cases) {
    const { files } = attribute(
      [
        { source: 'ada', files: [file(before)] },
        { source: 'ben', files: [file(after)] },
      ],
      diffLists,
    );
    expect(files[0]?.runs.length).toBeGreaterThan(0);
  }
}, 60_000);
