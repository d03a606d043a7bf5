import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { proseOf } from '../../../../src/exact/child/writing/prose.ts';

const html = (text: string) => proseOf({ name: 'a.html', kind: 'html', text });
const md = (text: string) => proseOf({ name: 'a.md', kind: 'md', text });

describe('prose of a file', () => {
  test('of a page: blocks apart, inline together, code and scripts left out, alt texts read', () => {
    const prose = html(
      '<p>It&rsquo;s <b>so</b>.</p><script>x()</script><li>Run <code>npm i</code> now</li><img alt="A dog">',
    );
    expect(
      prose.text
        .split(/\n+/)
        .map((line) => line.trim())
        .filter(Boolean),
    ).toEqual(['It’s so.', 'Run   now', 'A dog']);
  });

  test('of Markdown: front matter, code and addresses are blank, in place', () => {
    const text = '---\na: b\n---\n\nGo [there](http://x.example/y) or `here`.\n\n```\ncode\n```\n';
    const prose = md(text);
    expect(prose.text).toHaveLength(text.length);
    expect(prose.text.trim()).toMatch(/^Go \[there\]\( +\) or `here`\.$/);
  });

  test('a word too long for the grammar engine is blank', () => {
    expect(md(`a ${'x'.repeat(201)} b`).text.trim()).toBe(`a ${' '.repeat(201)} b`);
  });

  test('for any page, each character of the prose has its place in the source', () => {
    const bits = fc.constantFrom(
      '<p>',
      '</p>',
      '<code>',
      '</code>',
      '&amp;',
      '&#65;',
      'word',
      ' ',
      '\n',
      '<img alt="a b">',
      '<',
    );
    fc.assert(
      fc.property(
        fc.array(bits, { maxLength: 40 }).map((parts) => parts.join('')),
        (text) => {
          const prose = html(text);
          expect(prose.at).toHaveLength(prose.text.length + 1);
          expect(
            [...prose.at].every(
              (at, index) => at >= (prose.at[index - 1] ?? 0) && at <= text.length,
            ),
          ).toBe(true);
        },
      ),
    );
  });
});
