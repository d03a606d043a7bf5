import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, tokensOf } from '../../../../src/exact/child/page/tokens.ts';

const seen = (text: string): string[] =>
  tokensOf(text).map((token) => `${token.is}:${text.slice(token.start, token.end)}`);

describe('tokens of a page', () => {
  test('tags, texts, comments and what is no text', () => {
    expect(seen('<!doctype html><p>a < b<!-- <i> --><script>if (a<b) "</p>"</script></p>')).toEqual(
      [
        'comment:<!doctype html>',
        'open:<p>',
        'text:a <',
        'text: b',
        'comment:<!-- <i> -->',
        'open:<script>',
        'raw:if (a<b) "</p>"',
        'close:</script>',
        'close:</p>',
      ],
    );
  });

  test('attributes in every spelling, the first of a name wins', () => {
    const [tag] = tokensOf(`<a HREF="x>y" b='1' c=2 d e = "a&amp;b" href="z"/>`);
    expect(tag?.is === 'open' ? [...tag.attributes] : []).toEqual([
      ['href', 'x>y'],
      ['b', '1'],
      ['c', '2'],
      ['d', ''],
      ['e', 'a&b'],
    ]);
  });

  test('entities', () => {
    expect(decode('&lt;&#65;&#x42;&rsquo;&unheard;&#0;&')).toBe('<AB’&unheard;&#0;&');
  });

  test('for any text, the tokens are in order, do not overlap, and leave nothing out', () => {
    const bits = fc.constantFrom(
      '<',
      '>',
      '</',
      '<!--',
      '-->',
      '"',
      "'",
      '=',
      ' ',
      'a',
      'script',
      '/',
      '&',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.array(bits, { maxLength: 60 }).map((parts) => parts.join('')),
        (text) => {
          let at = 0;
          for (const token of tokensOf(text)) {
            expect(token.start).toBe(at);
            expect(token.end).toBeGreaterThan(token.start);
            at = token.end;
          }
          expect(at).toBe(text.length);
        },
      ),
    );
  });
});
