import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { filesFor } from '../../../src/core/split/piece-files.ts';
import type { Taking } from '../../../src/core/split/piece-files.ts';
import { rules } from '../../helpers/decide.ts';

const pieces = (...texts: readonly string[]): readonly Taking[] =>
  texts.map((text) => ({ text, follows: false }));

describe('a file goes to the pieces', () => {
  test.each<[what: string, texts: readonly string[], names: readonly string[], files: unknown]>([
    ['that name it', ['fix a.md', 'draft the post'], ['a.md'], [['a.md'], []]],
    [
      'that speak of what it is called, before those whose words fit its type',
      ['summarise the minutes', 'draft a post about bees'],
      ['2026-minutes_v2.docx'],
      [['2026-minutes_v2.docx'], []],
    ],
    [
      'that need one to work on and would have none',
      ['convert the docx to markdown', 'fix the typos', 'harden the plugin'],
      ['guide.docx'],
      [['guide.docx'], ['guide.docx'], []],
    ],
    [
      'but not to those that need one of another type',
      ['harden the plugin', 'fix the typos'],
      ['shop.php'],
      [['shop.php'], []],
    ],
    [
      'and not to others when one names it',
      ['shorten about.md', 'fix the typos'],
      ['about.md'],
      [['about.md'], []],
    ],
    ['all of them where it fits none', ['ring Ann', 'ring Bob'], ['x.xyz'], [['x.xyz'], ['x.xyz']]],
  ])('%s', (_what, texts, names, files) => {
    expect(filesFor(pieces(...texts), names, rules)).toEqual(files);
  });

  test('a piece that works on what the one before it makes needs none', () => {
    const [first, second] = pieces('convert the docx to markdown', 'fix the typos');
    const all = [first, { ...second, follows: true }] as readonly Taking[];
    expect(filesFor(all, ['guide.docx'], rules)).toEqual([['guide.docx'], []]);
  });
});

test('no file is lost, whatever it is called', () => {
  const some = fc.array(
    fc.constantFrom('fix the typos', 'harden the plugin', 'see a.md', 'ring Ann'),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  const file = fc.constantFrom(
    'a.md',
    'plugin.php',
    '.md',
    'x',
    'the.xyz',
    '日本.docx',
    'a.b.html',
  );
  fc.assert(
    fc.property(some, fc.uniqueArray(file, { maxLength: 4 }), (texts, names) => {
      const files = filesFor(pieces(...texts), names, rules);
      expect(files).toHaveLength(texts.length);
      expect(new Set(files.flat())).toEqual(new Set(names));
    }),
  );
});
