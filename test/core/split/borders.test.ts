import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alike, likeliestOf, middleOf } from '../../../src/core/split/alike.ts';
import { readingsAt } from '../../../src/core/split/border-readings.ts';
import { pointsOfWords, wordsAt } from '../../../src/core/split/border-words.ts';
import { neighboursAt } from '../../../src/core/split/border-neighbours.ts';
import { POINT_WORDS } from '../../../src/core/split/point-words.ts';
import { POINTS } from '../../../src/core/split/points.ts';
import { borderBetween, stretchOf } from '../../helpers/borders.ts';

const doers = fc
  .uniqueArray(fc.constantFrom('editor', 'linter', 'designer', 'rewriter'), { minLength: 1 })
  .chain((names) =>
    fc
      .array(fc.integer({ min: 1, max: 100 }), {
        minLength: names.length,
        maxLength: names.length,
      })
      .map((parts) => {
        const all = parts.reduce((sum, part) => sum + part, 0);
        return new Map(names.map((name, i) => [name, (parts[i] ?? 0) / all]));
      }),
  );

describe('how alike two readings are', () => {
  test('lies between nothing and the same, and does not ask which comes first', () => {
    fc.assert(
      fc.property(doers, doers, (one, other) => {
        expect(alike(one, one)).toBeCloseTo(1, 9);
        expect(alike(one, other)).toBeCloseTo(alike(other, one), 9);
        expect(alike(one, other)).toBeGreaterThanOrEqual(0);
        expect(alike(one, other)).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
    expect(alike(new Map([['editor', 1]]), new Map([['linter', 1]]))).toBe(0);
  });

  test('the middle of several shares is shares of 1, and the likeliest is named', () => {
    fc.assert(
      fc.property(fc.array(doers, { minLength: 1, maxLength: 5 }), (all) => {
        const sum = [...middleOf(all).values()].reduce((total, share) => total + share, 0);
        expect(sum).toBeCloseTo(1, 9);
      }),
    );
    const shares = new Map([
      ['editor', 0.2],
      ['linter', 0.7],
    ]);
    expect(likeliestOf(shares)).toEqual(['linter', 0.7]);
    expect(likeliestOf(new Map())).toEqual(['', 0]);
  });
});

describe('what is seen at a border', () => {
  test('work of another is unlike what stands before, the same is alike', () => {
    const other = readingsAt(borderBetween('harden the plugin', 'sentence', 'Translate the menu'));
    const same = readingsAt(
      borderBetween('harden the plugin', 'sentence', 'Secure its forms with nonces'),
    );
    expect(other).toEqual(expect.arrayContaining(['alike to all 0', 'other doer 4']));
    expect(same).not.toContain('alike to all 0');
    expect(same).toContain('same doer 4');
  });

  test('what comes next is looked at, and its end', () => {
    const border = borderBetween('harden the plugin', 'comma', 'translate the menu');
    const next = stretchOf('draft a post', 'semicolon');
    expect(readingsAt(border)).toEqual(
      expect.arrayContaining(['then nothing', 'before a close', 'alike to the next none']),
    );
    expect(readingsAt({ ...border, next })).toEqual(
      expect.arrayContaining(['then semicolon', 'before a order', 'alike to the next 0']),
    );
  });

  test.each<[string, Parameters<typeof borderBetween>, string, boolean]>([
    [
      'the same word',
      ['we need a menu', 'sentence', 'we want a post'],
      'begins with the same word',
      true,
    ],
    [
      'not behind a comma',
      ['we need a menu', 'comma', 'we want a post'],
      'begins with the same word',
      false,
    ],
    [
      'the same two',
      ['we need a menu', 'sentence', 'we need a post'],
      'begins with the same two words',
      true,
    ],
    [
      'one only',
      ['we need a menu', 'sentence', 'we want a post'],
      'begins with the same two words',
      false,
    ],
    [
      'a topic again',
      ['audit the booking form', 'sentence', 'test the booking'],
      'words in common 1',
      true,
    ],
    [
      '"the" is no topic',
      ['audit the form', 'sentence', 'test the menu'],
      'words in common 0',
      true,
    ],
    ['"it"', ['audit the form', 'and', 'fix it'], 'points to it', true],
    ['none', ['audit the form', 'and', 'fix the menu'], 'points to it', false],
    [
      'how',
      ['audit the form', 'comma', 'for the editors and the board'],
      'begins with a preposition',
      true,
    ],
    [
      'only how',
      ['audit the form', 'comma', 'for the editors'],
      'only a prepositional phrase',
      true,
    ],
    [
      'more than how',
      ['audit the form', 'comma', 'for the editors and the board'],
      'only a prepositional phrase',
      false,
    ],
    ['what it is', ['audit the form', 'comma', "it's plain text"], 'says what it is', true],
    [
      'other work',
      ['harden the plugin', 'comma', 'translate the menu into French'],
      'comma and other work',
      true,
    ],
    [
      'the same work',
      ['harden the plugin', 'comma', 'secure the plugin forms with nonces'],
      'comma and other work',
      false,
    ],
    [
      'brought along',
      ['the export is attached', 'comma', 'tidy it'],
      'after what is brought along',
      true,
    ],
  ])('goes with what is around: %s', (_name, [before, joint, after], sign, isThere) => {
    expect(neighboursAt(borderBetween(before, joint, after)).includes(sign as never)).toBe(isThere);
  });

  test('what goes on with other work, or with the same, is seen', () => {
    const border = borderBetween('harden the plugin', 'comma', 'translate the menu into French');
    const [post, plugin] = [
      stretchOf('draft a blog post about bees', 'comma'),
      stretchOf('secure the plugin forms with nonces', 'comma'),
    ];
    expect(neighboursAt({ ...border, rest: [border.right, post], next: post })).toEqual(
      expect.arrayContaining(['other work in the sentence', 'other work next']),
    );
    const aside = neighboursAt({ ...border, next: plugin });
    expect(aside).toContain('an aside of other work');
    for (const sign of ['an aside of other work', 'other work in the sentence', 'other work next'])
      expect(neighboursAt(border)).not.toContain(sign);
    expect(neighboursAt({ ...border, next: post })).not.toContain('an aside of other work');
    const told = neighboursAt({ ...borderBetween('a form', 'and', 'fix it'), isAsked: false });
    expect(told).toContain('told, and pointed to');
    const asked = neighboursAt(borderBetween('a form', 'and', 'fix it'));
    expect(asked).not.toContain('told, and pointed to');
    expect(neighboursAt(borderBetween('a form', 'and', 'is that allowed?'))).toContain(
      'asks, pointing to it',
    );
  });

  test('words: what comes begins with, holds each of them once, and what stands around', () => {
    const border = borderBetween('harden the plugin', 'comma', 'then translate the menu, the menu');
    expect(wordsAt({ ...border, next: stretchOf('and draft a post', 'semicolon') })).toEqual({
      opening: ['then'],
      pair: ['then translate'],
      holding: ['then', 'translate', 'the', 'menu'],
      neighbours: ['then translate', 'translate the', 'the menu', 'menu the', 'the menu'],
      ending: ['menu'],
      closing: ['plugin'],
      penultimate: ['the'],
      asking: ['harden'],
      following: ['and'],
      doers: ['plugin-hardener translator'],
    });
    const bare = wordsAt(borderBetween('harden', 'comma', ''));
    expect(bare).toMatchObject({ opening: [], pair: [], neighbours: [], ending: [] });
    expect(bare).toMatchObject({ penultimate: [], following: [] });
    expect(pointsOfWords(borderBetween('qwfp', 'comma', 'zxcv'))).toBe(0);
  });

  test('every word of the tables has points, each once', () => {
    for (const table of Object.values(POINT_WORDS)) {
      const entries = table.split(',').map((entry) => entry.trim());
      for (const entry of entries) expect(entry).toMatch(/^\S+(?: \S+)? -?[1-9]\d*$/);
      const words = entries.map((entry) => entry.replace(/ -?\d+$/, ''));
      expect(new Set(words).size).toBe(words.length);
    }
    expect(POINTS['joint semicolon']).toBeGreaterThan(POINTS['joint comma']);
  });
});
