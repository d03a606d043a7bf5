import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Form } from '../../../src/core/split/form.ts';
import { phrasingOf } from '../../../src/core/split/phrasing.ts';
import type { Marker } from '../../../src/core/split/phrasing.ts';
import { isTalk } from '../../../src/core/split/talk.ts';
import { tokens } from '../../../src/core/words.ts';
import { rules } from '../../helpers/decide.ts';

const words = rules.cues.split;

describe('how a stretch is put', () => {
  test.each<[string, Form, Marker | undefined, string]>([
    ['audit the site', 'order', undefined, 'audit the site'],
    ['please fix the typos', 'order', undefined, 'fix the typos'],
    ['we need a post', 'ask', undefined, 'a post'],
    ['could you look at the page', 'ask', undefined, 'look at the page'],
    ['is this safe?', 'question', undefined, 'is this safe?'],
    ['For the fire brigade: a proposal', 'thing', undefined, 'a proposal'],
    ['the form jumps', 'statement', undefined, 'the form jumps'],
    ['how it works', 'remark', undefined, 'how it works'],
    ['Export attached', 'remark', undefined, 'Export attached'],
    ['when you are done', 'lead', undefined, 'when you are done'],
    ['once that is done', 'lead', 'after', 'once that is done'],
    ['then proofread it', 'order', 'after', 'proofread it'],
    ['please fix the typos afterwards', 'order', 'after', 'fix the typos afterwards'],
    ['before that, check the links', 'order', 'before', 'check the links'],
    ['also draft a post', 'order', 'also', 'draft a post'],
    ['P.S. fix the links', 'order', 'also', 'fix the links'],
    ['and the minutes too', 'thing', 'also', 'the minutes too'],
    ['thanks a lot', 'talk', undefined, 'thanks a lot'],
  ])('%s', (text, form, marker, rest) => {
    const found = phrasingOf(text, words);
    expect([found.form, found.marker, found.rest]).toEqual([form, marker, rest]);
  });

  test('whether it points back, goes on, or says little', () => {
    expect(phrasingOf('edit it', words).pointsBack).toBe(true);
    expect(phrasingOf('edit the page', words).pointsBack).toBe(false);
    expect(phrasingOf('and harden the plugin', words).goesOn).toBe(true);
    expect(phrasingOf('tell me about it', words).isPlain).toBe(true);
    expect(phrasingOf('harden the plugin', words).isPlain).toBe(false);
  });
});

test('talk is short, opens with a phrase of the list, and holds no word of work', () => {
  for (const text of ['hi there', 'Thanks!', 'no rush', 'Best regards', '👍', ' 👏🏽👏 ❤️'])
    expect(isTalk(text, words)).toBe(true);
  for (const text of [
    'thanks for the audit',
    'thanks for the proofreading',
    'a thank-you note',
    'the form jumps',
    '',
    '?!',
    `thanks ${'a lot '.repeat(20)}`,
  ])
    expect(isTalk(text, words)).toBe(false);
  expect(isTalk('thanks for the barn', words)).toBe(true);
});

const bit = fc.constantFrom(
  'then',
  'please',
  'also',
  'and',
  'once that is done,',
  'we need',
  'audit',
  'it',
  'the site',
  'thanks',
  '?',
  'P.S.',
  ':',
);
const texts = fc.oneof(
  fc.array(bit, { maxLength: 12 }).map((bits) => bits.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

test('what is left is the end of the text, and the same twice', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const found = phrasingOf(text, words);
      const [all, rest] = [tokens(text), tokens(found.rest)];
      expect(all.slice(all.length - rest.length)).toEqual(rest);
      expect(phrasingOf(text, words)).toEqual(found);
    }),
    { numRuns: 500 },
  );
});

test.each(['then ', 'please ', 'and ', 'also, ', 'we need ', 'once it is ', 'for the x: '])(
  'a long run of %j ends',
  (opening) => {
    expect(phrasingOf(opening.repeat(200), words).form).toEqual(expect.any(String));
  },
);
