import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checksText, standingChecks } from '../../src/core/checks.ts';
import type { Check } from '../../src/core/checks.ts';

const POINTS = ['lead', 'contrast', 'labels'].map((id) => ({ id, asks: `${id}?` }));
const TEXTS = [
  { name: 'post.md', text: '# Clay\n\nWet  clay\nshrinks by a tenth.' },
  { name: 'site.css', text: 'a { color: #777 }' },
];
const check = (more: Partial<Check> = {}): Check => ({
  id: 'lead',
  yes: true,
  quote: 'Wet clay shrinks',
  file: 'post.md',
  ...more,
});
const stands = (...said: readonly Check[]) => standingChecks(said, POINTS, TEXTS);

describe('a check stands', () => {
  test('with the exact words of the file it names; runs of white space may differ', () => {
    expect(stands(check(), check({ id: 'labels', yes: false, quote: '# Clay' }))).toMatchObject({
      yes: 1,
      no: 1,
      unasked: 0,
      unfound: 0,
    });
  });

  test.each([
    ['a quotation of nothing', { quote: '  ' }, 'unfound'],
    ['a made-up quotation', { quote: 'Wet clay shrinks by a fifth' }, 'unfound'],
    ['another case', { quote: 'wet clay shrinks' }, 'unfound'],
    ['the words of another file', { file: 'site.css' }, 'unfound'],
    ['a file that is not there', { file: 'other.md' }, 'unfound'],
    ['a question that was not asked', { id: 'approved' }, 'unasked'],
  ] as const)('not with %s', (_name, more, why) => {
    expect(stands(check(more))).toMatchObject({ standing: [], yes: 0, no: 0, [why]: 1 });
  });

  test('once for each question: the first that stands counts', () => {
    const bad = check({ quote: 'nowhere' });
    expect(stands(bad, check({ yes: false }), check())).toMatchObject({
      yes: 0,
      no: 1,
      unasked: 1,
      unfound: 1,
    });
  });
});

const even = (text: string) => text.split(/\s+/u).filter(Boolean).join(' ');
const word = fc.constantFrom('wet', 'clay', 'Clay', '\n', '  ', '.', 'tenth', '<p>', '\u00a0');
const text = fc.array(word, { maxLength: 12 }).map((all) => all.join(' '));
const name = fc.constantFrom('a.md', 'b.md');
const someChecks = fc.array(
  fc.record({
    id: fc.constantFrom('lead', 'contrast', 'labels', 'other', '__proto__'),
    yes: fc.boolean(),
    quote: fc.oneof(text, fc.string()),
    file: fc.oneof(name, fc.string()),
  }),
);
const someTexts = fc.array(fc.record({ name, text }), { maxLength: 3 });

test('no quotation that is not in the file it names ever survives, and every answer is counted once', () => {
  fc.assert(
    fc.property(someChecks, someTexts, (said, texts) => {
      const found = standingChecks(said, POINTS, texts);
      for (const { id, quote, file } of found.standing) {
        const own = texts.filter((t) => t.name === file);
        expect(own.some((t) => even(t.text).includes(even(quote)))).toBe(true);
        expect(even(quote)).not.toBe('');
        expect(POINTS.map((p) => p.id)).toContain(id);
      }
      expect(new Set(found.standing.map(({ id }) => id)).size).toBe(found.standing.length);
      expect(found.yes + found.no).toBe(found.standing.length);
      expect(found.standing.length + found.unasked + found.unfound).toBe(said.length);
    }),
  );
});

test.each([
  [{ yes: 9, no: 3, unasked: 0, unfound: 0 }, 'Checklist: 9 yes, 3 no'],
  [
    { yes: 9, no: 3, unasked: 0, unfound: 1 },
    'Checklist: 9 yes, 3 no, 1 thrown away (its quotation is not in the text)',
  ],
  [
    { yes: 0, no: 0, unasked: 2, unfound: 4 },
    'Checklist: 0 yes, 0 no, 4 thrown away (their quotations are not in the text), 2 thrown away (not asked, or answered twice)',
  ],
])('in words: %j', (counts, says) => {
  expect(checksText(counts)).toBe(says);
});
