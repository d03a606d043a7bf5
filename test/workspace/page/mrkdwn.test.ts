import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Mark, Passage } from '../../../src/workspace/page/marks.ts';
import { parseMarkdown } from '../../../src/workspace/page/markdown.ts';
import { parseMrkdwn } from '../../../src/workspace/page/mrkdwn.ts';

const line = (text: string): readonly Mark[] => {
  const [first] = parseMrkdwn(text);
  return first?.type === 'line' ? first.children : [];
};

/** Every link in a text, however deep. */
function links(passages: readonly Passage[]): readonly string[] {
  const inMarks = (marks: readonly Mark[]): readonly string[] =>
    marks.flatMap((mark) => {
      if (mark.type === 'link') return [mark.url];
      return 'children' in mark ? inMarks(mark.children) : [];
    });
  return passages.flatMap((passage) => {
    if (passage.type === 'quote') return links(passage.children);
    if (passage.type === 'list') return passage.items.flatMap(inMarks);
    return 'children' in passage ? inMarks(passage.children) : [];
  });
}

describe('mrkdwn', () => {
  test('bold, italic, strike, code and escapes', () => {
    expect(line('*bold _both_* ~no~ `a*b*` &lt;b&gt; &amp;amp;')).toEqual([
      {
        type: 'bold',
        children: [
          { type: 'text', text: 'bold ' },
          { type: 'italic', children: [{ type: 'text', text: 'both' }] },
        ],
      },
      { type: 'text', text: ' ' },
      { type: 'strike', children: [{ type: 'text', text: 'no' }] },
      { type: 'text', text: ' ' },
      { type: 'code', text: 'a*b*' },
      { type: 'text', text: ' <b> &amp;' },
    ]);
  });

  test('signs inside words and sums are no formatting', () => {
    expect(line('snake_case_name 2*3*4 a~b~c')).toEqual([
      { type: 'text', text: 'snake_case_name 2*3*4 a~b~c' },
    ]);
  });

  test('mentions of people, channels and groups, and links with and without a label', () => {
    expect(line('<@U1> <#C1|acme> <!here> <https://a.example/?x=1&amp;y=2|site>')).toEqual([
      { type: 'user', id: 'U1' },
      { type: 'text', text: ' ' },
      { type: 'channel', id: 'C1', label: 'acme' },
      { type: 'text', text: ' ' },
      { type: 'special', label: '@here' },
      { type: 'text', text: ' ' },
      { type: 'link', url: 'https://a.example/?x=1&y=2', label: 'site' },
    ]);
  });

  test('quotes of several lines, and fences kept as they are', () => {
    expect(parseMrkdwn('&gt; one\n&gt; two\n```\n*raw* &lt;\n```')).toEqual([
      {
        type: 'quote',
        children: [
          { type: 'line', children: [{ type: 'text', text: 'one' }] },
          { type: 'line', children: [{ type: 'text', text: 'two' }] },
        ],
      },
      { type: 'pre', text: '*raw* <' },
    ]);
  });

  test('an address that could run is shown, never linked', () => {
    expect(line('<javascript:alert(1)|click>')).toEqual([{ type: 'text', text: 'click' }]);
  });
});

describe('markdown', () => {
  test('headings, lists, fences and inline marks', () => {
    expect(parseMarkdown('## Look\n- **one**\n- [two](https://a.example)\n```js\nx\n```')).toEqual([
      { type: 'heading', level: 2, children: [{ type: 'text', text: 'Look' }] },
      {
        type: 'list',
        ordered: false,
        items: [
          [{ type: 'bold', children: [{ type: 'text', text: 'one' }] }],
          [{ type: 'link', url: 'https://a.example', label: 'two' }],
        ],
      },
      { type: 'pre', text: 'x' },
    ]);
  });
});

test('no text whatever makes a link that is not http, https or mailto, and parsing always ends', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '|',
    '*',
    '_',
    '`',
    '\n',
    '](',
    '[',
    ')',
    '```',
    '> ',
    'javascript:x',
    'data:x',
    'https://a',
    '&lt;',
  );
  const texts = fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 });
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join('');
      for (const url of [...links(parseMrkdwn(text)), ...links(parseMarkdown(text))]) {
        expect(url).toMatch(/^(https?:\/\/|mailto:)/i);
      }
    }),
  );
});
