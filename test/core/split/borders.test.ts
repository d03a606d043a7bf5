import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alike, likeliestOf, middleOf } from '../../../src/core/split/alike.ts';
import { readingsAt } from '../../../src/core/split/border-readings.ts';
import { pointsOfWords, wordsAt } from '../../../src/core/split/border-words.ts';
import { CLOSING, HOLDING, OPENING, OPENING_PAIRS } from '../../../src/core/split/point-words.ts';
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

  test('words: what comes begins with, holds each of them once, and what went before ends in', () => {
    const border = borderBetween('harden the plugin', 'comma', 'then the menu, the whole menu');
    expect(wordsAt(border)).toEqual({
      opening: 'then',
      pair: 'then the',
      holding: ['then', 'the', 'menu', 'whole'],
      closing: 'plugin',
    });
    expect(pointsOfWords(borderBetween('qwfp', 'comma', 'zxcv'))).toBe(0);
  });

  test('every word of the tables has points, each once', () => {
    for (const table of [OPENING, OPENING_PAIRS, HOLDING, CLOSING]) {
      const entries = table.split(',').map((entry) => entry.trim());
      for (const entry of entries) expect(entry).toMatch(/^\S+(?: \S+)? -?[1-9]\d*$/);
      const words = entries.map((entry) => entry.replace(/ -?\d+$/, ''));
      expect(new Set(words).size).toBe(words.length);
    }
    expect(POINTS['joint semicolon']).toBeGreaterThan(POINTS['joint comma']);
  });
});
