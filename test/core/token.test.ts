import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineTokensOf, newLexicon, tokensOf } from '../../src/core/token.ts';
import type { Tokens } from '../../src/core/token.ts';

const cut = (text: string, { from, to }: Tokens): string[] =>
  Array.from(from, (at, i) => text.slice(at, to[i]));
const words = (text: string): string[] => cut(text, tokensOf(text, newLexicon()));

/** Whether two texts are the same tokens. */
function same(a: string, b: string): boolean {
  const lexicon = newLexicon();
  return tokensOf(a, lexicon).keys.join() === tokensOf(b, lexicon).keys.join();
}

describe('a token is a word or a row of one sign', () => {
  test.each([
    ['Don’t panic, it’s 1.5 km!', ['Don’t', 'panic', ',', 'it’s', '1.5', 'km', '!']],
    ['1,200 of a,b', ['1', ',', '200', 'of', 'a', ',', 'b']],
    ['the end.Then', ['the', 'end', '.', 'Then']],
    ['$user_name->id === 7;', ['$', 'user', '_', 'name', '-', '>', 'id', '===', '7', ';']],
    ['<p class="x">Hi</p>', ['<', 'p', 'class', '=', '"', 'x', '"', '>', 'Hi', '<', '/', 'p', '>']],
    ['-----\n***', ['-----', '***']],
    ['für Zoë e\u0301tude', ['für', 'Zoë', 'e\u0301tude']],
    ['漢字とabc', ['漢', '字', 'と', 'abc']],
    ['👍👍 ok', ['👍👍', 'ok']],
    ['rock ’n’ roll', ['rock', '’', 'n', '’', 'roll']],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));

  test('nothing has none', () => {
    expect(words('')).toEqual([]);
    expect(words(' \r\n\t\u00a0\ufeff')).toEqual([]);
  });
});

describe('what counts as the same word', () => {
  test.each([
    ['other white space', 'one two\nthree', 'one\r\n  two three\n'],
    ['another case', 'GitHub Pages', 'github pages'],
    ['another apostrophe', "don't", 'don’t'],
    ['letters composed otherwise', 'Zoe\u0308', 'Zoë'],
    ['a longer rule', 'Title\n--------', 'Title\n----------------'],
  ])('%s', (_what, a, b) => expect(same(a, b)).toBe(true));

  test.each([
    ['another letter', 'colour', 'color'],
    ['an accent', 'resume', 'résumé'],
    ['a shorter row of signs', 'a == b', 'a === b'],
    ['a sign that is gone', 'a, b', 'a b'],
  ])('but not %s', (_what, a, b) => expect(same(a, b)).toBe(false));
});

test('only words count', () => {
  const lexicon = newLexicon();
  const { keys } = tokensOf('One, two - 3!', lexicon);
  expect(Array.from(keys, (key) => lexicon.words[key])).toEqual([1, 0, 1, 0, 1, 0]);
});

test('tokens know where a piece of writing may begin', () => {
  const { begins } = tokensOf('Title\n\nOne. Two\nthree', newLexicon());
  expect([...begins]).toEqual([3, 3, 0, 1, 2]);
});

test('tokens are the text but for its white space, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(words(text).join('')).toBe(text.replaceAll(/\s+/g, ''));
    }),
  );
});

describe('lines as tokens', () => {
  const LONG = 'a line of more than thirty-two characters';

  test('a short line is put together with what follows', () => {
    const text = `{\n  ${LONG}\n}\n\n${LONG} too\nend`;
    const tokens = lineTokensOf(text, newLexicon());
    expect(cut(text, tokens)).toEqual([`{\n  ${LONG}`, `}\n\n${LONG} too`, 'end']);
  });

  test('a changed line changes one token, and its words are counted', () => {
    const lexicon = newLexicon();
    const text = Array.from({ length: 9 }, (_, i) => `${LONG} ${i}`);
    const before = lineTokensOf(text.join('\n'), lexicon);
    const after = lineTokensOf(text.with(4, `${LONG} and more`).join('\r\n'), lexicon);
    const changed = [...after.keys].filter((key) => !before.keys.includes(key));
    expect(changed).toHaveLength(1);
    expect(lexicon.words[changed[0] ?? -1]).toBe(10);
  });

  test('nothing but white space falls out of them, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b ', ' ', '\n', '\r\n', '.') }),
        (text) => {
          const lines = cut(text, lineTokensOf(text, newLexicon()));
          expect(lines.join('').replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''));
        },
      ),
    );
  });
});
