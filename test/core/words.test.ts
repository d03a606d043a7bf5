import { describe, expect, test } from '@jest/globals';
import { hideMaterial, firstSaid, ownWords, stem, stemsOf, tokens } from '../../src/core/words.ts';

test('words are lower-case letters and digits, with an apostrophe inside', () => {
  expect(tokens("Don’t PANIC, it's WCAG-2.2 für alle")).toEqual([
    "don't",
    'panic',
    "it's",
    'wcag',
    '2',
    '2',
    'für',
    'alle',
  ]);
});

describe('forms of one word have one stem', () => {
  test.each([
    ['audit', 'audits', 'auditing', 'audited'],
    ['page', 'pages'],
    ['copy', 'copies'],
    ['format', 'formatting', 'formatted'],
    ['write', 'writes', 'writing'],
    ['site', "site's", 'sites'],
    ['harden', 'hardening'],
  ])('%s', (...forms) => {
    expect(new Set(forms.map(stem)).size).toBe(1);
  });
  test('short words and double s stay what they are', () => {
    for (const word of ['css', 'is', 'us', 'access', 'bus']) expect(stem(word)).toBe(word);
  });
});

test('a phrase is found word after word, whatever the forms, and never inside a word', () => {
  const text = stemsOf('We are fixing the broken alt texts on the pages');
  expect(firstSaid(text, ['alt text'])).toBe('alt text');
  expect(firstSaid(text, ['fix the broken'])).toBe('fix the broken');
  expect(firstSaid(text, ['broken text'])).toBeUndefined();
  expect(firstSaid(text, ['ken'])).toBeUndefined();
  expect(firstSaid(text, [''])).toBeUndefined();
});

describe('what was brought in is not the person’s own words', () => {
  test.each([
    ['a fence', 'format this\n```\nsecret words\n```\nplease'],
    ['a fence that is never closed', 'format this\n```\nsecret words\nand secret words'],
    ['a quotation mark at the line’s head', 'format this\n> secret words\nplease'],
    ['a long quotation', `format "${'secret words '.repeat(8)}" please`],
    ['a text below a colon', 'format this:\n\nsecret words\n\nsecret words'],
  ])('%s', (_name, text) => {
    expect(ownWords(text)).toContain('format');
    expect(ownWords(text)).not.toContain('secret');
  });
  test('a list below a colon is the person’s own', () => {
    expect(ownWords('please do:\n- format it\n- audit it')).toContain('audit it');
  });
  test('hidden material comes back as it was', () => {
    const text = 'a ```x``` b\n> y\nc';
    const { text: hidden, show } = hideMaterial(text);
    expect(hidden).not.toContain('x');
    expect(show(hidden)).toBe(text);
  });
});
