import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { split } from '../../../src/core/split/split.ts';
import { tokens } from '../../../src/core/words.ts';
import { rules } from '../../helpers/decide.ts';

const textsOf = (text: string): readonly string[] =>
  split(text, [], rules).pieces.map((piece) => piece.text.trim());

describe('a list is a list, whatever marks it has', () => {
  const two = ['proofread the letter', 'format the notes'];
  test.each([
    ['1. proofread the letter\n2. format the notes'],
    ['1) proofread the letter\n2) format the notes'],
    ['1: proofread the letter\n2: format the notes'],
    ['(1) proofread the letter\n(2) format the notes'],
    ['a) proofread the letter\nb) format the notes'],
    ['1️⃣ proofread the letter\n2️⃣ format the notes'],
    ['- proofread the letter\n- format the notes'],
    ['* proofread the letter\n• format the notes'],
    ['– proofread the letter\n+ format the notes'],
    ['- proofread the letter\n\n- format the notes'],
    ['1. proofread the letter 2. format the notes'],
    ['a) proofread the letter b) format the notes'],
    ['For Acme: (1) proofread the letter (2) format the notes'],
    ['Scope of this week:\n- proofread the letter\n- format the notes'],
    ['Launch list for the mill:\n1. proofread the letter\n2. format the notes'],
    ['Two leaflets attached (real ones). 1) proofread the letter 2) format the notes'],
  ])('%j', (text) => {
    expect(textsOf(text)).toEqual(two);
    expect(split(text, [], rules).by).toBe('SPLIT-LIST');
  });

  test('three bare numbers on one line count as well, and one out of turn is none', () => {
    const text =
      '1 proofread the letter 2 repair what 1 finds in the page 3 draft a post about bees';
    expect(textsOf(text)).toEqual([
      'proofread the letter',
      'repair what 1 finds in the page',
      'draft a post about bees',
    ]);
    expect(textsOf('1 proofread the letter 2 format the notes')).toHaveLength(1);
  });

  test.each([
    'We have version 1. a new one 2. an old one',
    'chapter 3. how to 4. go on: proofread it',
    '- proofread the letter',
  ])('and is none: %j', (text) => {
    expect(split(text, [], rules).by).not.toBe('SPLIT-LIST');
  });
});

describe('a list that one task is about stays with it', () => {
  test.each([
    'Write alt texts for these pictures:\n- the red barn\n- the pond at dawn',
    'Draft a blog post about our market covering:\n- opening hours\n- who bakes the bread\n- how to get here',
    'Check these links:\n- https://a.example/x\n- https://a.example/y',
  ])('%j', (text) => {
    expect(split(text, [], rules)).toMatchObject({ pieces: [{ text, files: [] }], context: [] });
  });
});

describe('order', () => {
  test.each<[string, readonly (number | undefined)[]]>([
    ['proofread the letter, then translate it into German', [undefined, 0]],
    ['translate the letter into German, but before that proofread it', [1, undefined]],
    ['proofread the letter. Once that is done, draft a newsletter about it.', [undefined, 0]],
    ['- proofread the letter\n- then translate it into German', [undefined, 0]],
    ['1. harden the plugin\n2. before that, write tests for it', [1, undefined]],
    ['harden the plugin and write tests for it', [undefined, undefined]],
    [
      'Audit the site; harden the plugin; draft a blog post about bees',
      [undefined, undefined, undefined],
    ],
    [
      '1. proofread the letter.\n2. translate it into German.\n\nAfter that, draft a newsletter about the fair.',
      [undefined, undefined, 1],
    ],
  ])('%j', (text, after) => {
    expect(split(text, [], rules).pieces.map((piece) => piece.after)).toEqual(after);
  });
});

describe('talk around a list is context', () => {
  test('with the line that leads to it, and the name below', () => {
    const text =
      'Hello! Two things:\n- proofread the letter\n- draft a blog post about bees\n\nBest, Ann';
    const found = split(text, [], rules);
    expect(found.pieces).toHaveLength(2);
    expect(found.context).toEqual(['Hello!', 'Two things:', 'Best', 'Ann']);
  });
});

describe('files', () => {
  test('go to the point that names them, wherever they lie', () => {
    const text = '1. proofread about.md\n2. format notes.md';
    const { pieces } = split(text, ['about.md', 'notes.md', 'docs/about.md', 'x.bin'], rules);
    expect(pieces.map(({ files }) => files)).toEqual([
      ['about.md', 'docs/about.md', 'x.bin'],
      ['notes.md', 'x.bin'],
    ]);
  });
  test('all belong to the only piece', () => {
    expect(split('proofread the letter', ['a.php', 'b.md'], rules).pieces[0]?.files).toEqual([
      'a.php',
      'b.md',
    ]);
  });
});

test('what may be a list of tasks or the thing to work on is asked about', () => {
  const text = 'Proofread the following list:\n- audit the site\n- harden the plugin';
  const { pieces, unsure } = split(text, [], rules);
  expect(pieces).toHaveLength(1);
  expect(unsure).toContain('the list may be tasks');
});

const point = fc.constantFrom(
  'proofread the letter',
  'harden the plugin',
  'blue',
  'how to get here',
  'then translate it into German',
  'before that, write tests for it',
  'pay the invoice',
  '```\nedit me\n```',
);
const mark = fc.constantFrom('- ', '* ', '1. ', '2) ', 'a) ', '1️⃣ ', '', '> ');
const lists = fc
  .array(fc.tuple(mark, point, fc.constantFrom('\n', '\n\n', ' ')), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.flat().join(''));

const MARKS = new Set(['1', '2', 'a', 'and', 'then', '1️⃣']);
const bag = (text: string): string[] =>
  tokens(text)
    .filter((word) => !MARKS.has(word))
    .sort();

test('no word of a list is lost, the same twice, and what comes first waits for nothing that waits for it', () => {
  fc.assert(
    fc.property(lists, (text) => {
      const found = split(text, [], rules);
      expect(bag([...found.pieces.map((p) => p.text), ...found.context].join('\n'))).toEqual(
        bag(text),
      );
      expect(split(text, [], rules)).toEqual(found);
      found.pieces.forEach(({ after }, i) => {
        if (after === undefined) return;
        expect(found.pieces[after]).toBeDefined();
        expect(Math.abs(after - i)).toBe(1);
      });
    }),
    { numRuns: 200 },
  );
});
