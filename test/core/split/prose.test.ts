import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isWeak } from '../../../src/core/split/border.ts';
import { pointsAt } from '../../../src/core/split/border-signs.ts';
import { CUT, DOUBT } from '../../../src/core/split/apart.ts';
import { piecesOf } from '../../../src/core/split/prose.ts';
import { likelyOf } from '../../../src/core/split/stretches.ts';
import type { Joint } from '../../../src/core/split/clauses.ts';
import { tokens } from '../../../src/core/words.ts';
import { borderBetween } from '../../helpers/borders.ts';
import { rules } from '../../helpers/decide.ts';

describe('prose in pieces', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['proofread the letter', ['proofread the letter'], []],
    [
      'Audit the site; harden the plugin; draft a blog post about bees',
      ['Audit the site', 'harden the plugin', 'draft a blog post about bees'],
      [],
    ],
    [
      'Hi team, proofread the letter. Also harden the plugin. Thanks, no rush!',
      ['proofread the letter.', 'Also harden the plugin.'],
      ['Hi team', 'Thanks', 'no rush!'],
    ],
    ['fix the typos, the commas and the links', ['fix the typos, the commas and the links'], []],
    ['', [], []],
  ])('%j', (text, pieces, talk) => {
    const found = piecesOf(text, rules);
    expect(found.pieces.map((piece) => piece.text)).toEqual(pieces);
    expect(found.talk).toEqual(talk);
  });

  test('the likeliest kind of a stretch, and who does it', () => {
    expect(likelyOf('harden the plugin', rules)).toMatchObject({
      kind: 'harden.plugin',
      doer: 'plugin-hardener',
      isWork: true,
    });
    expect(likelyOf('thanks a lot', rules).isWork).toBe(false);
    expect(likelyOf('', rules)).toMatchObject({ share: 0, isWork: false });
  });
});

const at = (before: string, joint: Joint, after: string): number =>
  pointsAt(borderBetween(before, joint, after));

describe('what speaks for a border', () => {
  test('a semicolon, "then" and "plus" part more than a comma', () => {
    for (const joint of ['semicolon', 'next', 'plus'] as const)
      expect(at('audit the site', joint, 'harden the plugin')).toBeGreaterThan(
        at('audit the site', 'comma', 'harden the plugin'),
      );
    expect(at('audit the site', 'next', 'harden the plugin')).toBeGreaterThan(CUT);
  });
  test('other work parts, a remark and what points back tie', () => {
    const other = at('audit the site', 'sentence', 'Draft a blog post about bees');
    for (const same of ['It is about bees', 'Edit it', 'about 600 words'])
      expect(at('audit the site', 'sentence', same)).toBeLessThan(other);
  });
  test('after "how to" verbs go together', () => {
    const points = at('write a post on how to audit', 'and', 'harden a plugin');
    expect(points).toBeLessThan(DOUBT);
  });
  test('doubt lies below the cut, and weak joints are named', () => {
    expect(DOUBT).toBeLessThan(CUT);
    const all = ['comma', 'and', 'dash', 'next', 'plus', 'semicolon', 'sentence'] as const;
    expect(all.filter((joint) => isWeak({ joint }))).toEqual(['comma', 'and', 'dash']);
  });
});

const JOINING = new Set(['and', 'but', 'then', 'plus']);
const bag = (text: string): readonly string[] =>
  tokens(text)
    .filter((word) => !JOINING.has(word))
    .sort();
const clause = fc.constantFrom(
  'audit the site',
  'harden the plugin',
  'Thanks a lot',
  'hi there',
  'once that is done',
  'the client waits',
  'edit it',
  'we need a post',
  'how it works',
);
const joint = fc.constantFrom(', ', '. ', ' and ', ' and then ', '; ', '\n', '\n\n', ' - ', ' + ');
const texts = fc.oneof(
  fc.array(fc.tuple(clause, joint), { maxLength: 8 }).map((parts) => parts.flat().join('')),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

test('no word is lost but what joins, pieces stand in their order, and the same text gives the same', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const found = piecesOf(text, rules);
      const pieces = found.pieces.map((piece) => piece.text);
      expect(bag([...pieces, ...found.talk].join('\n'))).toEqual(bag(text));
      expect(piecesOf(text, rules)).toEqual(found);
      let from = 0;
      const all = tokens(text);
      for (const word of pieces.flatMap(tokens).filter((one) => !JOINING.has(one))) {
        const next = all.indexOf(word, from);
        expect(next).toBeGreaterThanOrEqual(from);
        from = next + 1;
      }
    }),
    { numRuns: 300 },
  );
});
