import { describe, expect, test } from '@jest/globals';
import { csv, html, md, mdCell, mdCode } from '../../../src/exact/child/print.ts';

describe('what a draft says cannot become markup or a formula', () => {
  test('in Markdown', () => {
    expect(md('[x](y) <b> | `c`\n# d')).toBe('\\[x\\](y) \\<b\\> \\| \\`c\\` \\# d');
    expect(mdCode('a ``b`` c')).toBe('``` a ``b`` c ```');
    expect(mdCell('a|b')).toBe('`a\\|b`');
  });

  test('in HTML', () => {
    expect(html('<a href="x">&')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;');
  });

  test('in a table', () => {
    expect(csv([['=1+1', 'a,b', 'say "x"', 3]])).toBe('\'=1+1,"a,b","say ""x""",3\r\n');
  });
});
