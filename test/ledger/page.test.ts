import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareFigures, readPage } from '../../src/ledger/page.ts';
import { escaped, tokensOf } from '../../src/ledger/page-tokens.ts';
import type { Figures } from '../../src/ledger/figures.ts';

const page = (body: string): string =>
  `<!doctype html>\n<html lang="en"><head><style>p{}</style></head><body>${body}</body></html>\n`;
const faults = (body: string): readonly string[] =>
  readPage(page(body)).faults.map(({ says }) => says);

const FIGURES: Figures = {
  totals: new Map([['cost', '$1.20']]),
  cells: new Map([['task/1/cost', '$1.20']]),
  rules: new Map([['ab/title', 'A <rule> & "so"']]),
};
const SOUND =
  '<p>It cost <span data-total="cost">$1.20</span></p><table><tr><td data-cell="task/1/cost">$1.20</td></tr></table><pre data-rule="ab/title">A &lt;rule&gt; &amp; &quot;so&quot;</pre>';

test('a sound page has no faults, and its figures are found', () => {
  const read = readPage(page(SOUND));
  expect(read.faults).toEqual([]);
  expect(read.style).toBe('p{}');
  expect(compareFigures(read, FIGURES)).toEqual([]);
});

describe('refused, whoever signed it', () => {
  test.each([
    ['a script', '<script>x</script>', /no element script/],
    ['a comment', '<!-- <td> -->', /expected text or a tag/],
    ['an attribute that hides', '<p hidden="hidden">x</p>', /no attribute hidden/],
    ['a style of its own', '<p style="display:none">x</p>', /no attribute style/],
    ['a handler', '<p onclick="x()">x</p>', /no attribute onclick/],
    ['an attribute without quotes', '<p id=x>x</p>', /expected text or a tag/],
    ['capitals', '<P>x</P>', /expected text or a tag/],
    ['a picture', '<img src="x.png">', /no element img/],
    ['a link away', '<a href="https://example.org">x</a>', /link inside this page/],
    ['a form', '<form><input></form>', /no element form/],
    ['another entity', '<p>&nbsp;</p>', /no entities but/],
    ['a character that turns text around', '<p>\u202e02.1$</p>', /characters that can be seen/],
    ['money outside of figures', '<p>It cost $3</p>', /every amount of money/],
    ['euros too', '<p>Only € 3</p>', /every amount of money/],
    [
      'an element inside a figure',
      '<p data-total="cost"><em>$1.20</em></p>',
      /nothing but text in a figure/,
    ],
    ['a figure among the contents', '<nav><p data-total="cost">$1.20</p></nav>', /not printed/],
    [
      'two figures in one element',
      '<p data-total="cost" data-cell="task/1/cost">$1.20</p>',
      /one figure in an element/,
    ],
    ['a missing end', '<p>x', /expected <\/p>/],
    ['an attribute twice', '<p id="a" id="b">x</p>', /expected id once/],
  ])('%s', (_what, body, says) => {
    expect(faults(body).join('\n')).toMatch(says);
  });

  test('text after the page', () => {
    const [fault] = readPage(`${page('')}x`).faults;
    expect(fault?.says).toMatch(/outside of the page/);
  });

  test('no page at all', () => {
    expect(readPage('hello').faults).toMatchObject([{ line: 1, column: 1 }]);
  });
});

describe('figures', () => {
  test.each([
    [
      'a changed total',
      SOUND.replace('$1.20</span>', '$1.10</span>'),
      /<span data-total="cost">: expected "\$1\.20" by the record, got "\$1\.10"/,
    ],
    ['a changed cell', SOUND.replace('$1.20</td>', '$0.00</td>'), /data-cell="task\/1\/cost"/],
    ['a changed rule', SOUND.replace('A &lt;', 'The &lt;'), /data-rule/],
    [
      'a figure nobody knows',
      `${SOUND}<p data-total="profit">0</p>`,
      /the record knows no such figure/,
    ],
    ['one left out', SOUND.replace(/<p>It.*?<\/p>/, ''), /data-total="cost" to be shown/],
  ])('%s is told with its place', (_what, body, says) => {
    const found = compareFigures(readPage(page(body)), FIGURES);
    expect(found.map((one) => one.says).join('\n')).toMatch(says);
    expect(found[0]).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  });
});

test('whatever is written is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { tokens, fault } = tokensOf(`<!doctype html>\n<p>${escaped(text)}</p>`);
      expect(fault).toBeUndefined();
      const read = tokens.flatMap((token) => (token.is === 'text' ? [token.text] : [])).join('');
      expect(escaped(read)).toBe(escaped(text));
    }),
  );
});
