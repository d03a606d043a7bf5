import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clausesOf } from '../../../src/core/split/clauses.ts';
import type { Joint } from '../../../src/core/split/clauses.ts';
import { tokens } from '../../../src/core/words.ts';

describe('prose falls apart where a piece could end', () => {
  test.each<[string, readonly (readonly [Joint, string])[]]>([
    ['   ', []],
    ['audit the site', [['start', 'audit the site']]],
    [
      'audit the site; harden the plugin, then draft the post',
      [
        ['start', 'audit the site'],
        ['semicolon', 'harden the plugin'],
        ['next', 'draft the post'],
      ],
    ],
    [
      'one.\n\nTwo! three\nfour',
      [
        ['start', 'one.'],
        ['paragraph', 'Two!'],
        ['sentence', 'three'],
        ['line', 'four'],
      ],
    ],
    [
      'x + y / z - w & v',
      [
        ['start', 'x'],
        ['plus', 'y'],
        ['plus', 'z'],
        ['dash', 'w'],
        ['and', 'v'],
      ],
    ],
    [
      'a list (name, start and distance) and a map',
      [
        ['start', 'a list (name, start and distance)'],
        ['and', 'a map'],
      ],
    ],
    [
      'do it and also that',
      [
        ['start', 'do it'],
        ['and', 'also that'],
      ],
    ],
    ['look then again at it', [['start', 'look then again at it']]],
  ])('%j', (text, clauses) => {
    expect(clausesOf(text).map((clause) => [clause.joint, clause.text])).toEqual(clauses);
  });
});

const JOINING = new Set(['and', 'but', 'then', 'plus']);
const wordsOf = (text: string): readonly string[] =>
  tokens(text).filter((word) => !JOINING.has(word));
const bit = fc.constantFrom(
  'audit',
  'the site',
  'and',
  'next',
  'plus',
  ',',
  ';',
  '. ',
  '\n',
  '(',
  ')',
  '“',
  ' - ',
  ' / ',
);
const texts = fc.oneof(
  fc.array(bit, { maxLength: 20 }).map((bits) => bits.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

test('no word is lost but what joins, all stand in their order, and the same text gives the same', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const clauses = clausesOf(text);
      expect(wordsOf(clauses.map((clause) => clause.text).join(' '))).toEqual(wordsOf(text));
      for (const [i, clause] of clauses.entries()) {
        expect(clause.text).toBe(clause.text.trim());
        expect(clause.text).not.toBe('');
        expect(clause.joint === 'start').toBe(i === 0);
      }
      expect(clausesOf(text)).toEqual(clauses);
    }),
    { numRuns: 500 },
  );
});
