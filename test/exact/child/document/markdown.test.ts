import { describe, expect, test } from '@jest/globals';
import { markdownOf } from '../../../../src/exact/child/document/markdown.ts';

const written = (html: string): string => markdownOf(html).text;

describe('the HTML of a Word file as Markdown', () => {
  test.each([
    ['spaces at the edge of bold words', '<p>a<strong> b </strong>c</p>', 'a **b** c'],
    ['struck words', '<p>a <s>b</s> c</p>', 'a ~~b~~ c'],
    ['bold nothing', '<p>a<strong> </strong>b</p>', 'a b'],
    ['a link that leads nowhere outside', '<p><a href="#top">up</a></p>', 'up'],
    ['a link that would run', '<p><a href="javascript:x()">go</a></p>', 'go'],
    ['a bookmark', '<p><a id="x"></a>Title</p>', 'Title'],
    ['a line break', '<p>one<br />two</p>', 'one\ntwo'],
    ['two paragraphs of one point', '<ul><li><p>a</p><p>b</p></li></ul>', '- a\n\nb'],
    [
      'a numbered list in a list',
      '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
      '1. a\n   - b\n2. c',
    ],
    ['a list after a paragraph', '<p>a</p><ul><li>b</li></ul><p>c</p>', 'a\n\n- b\n\nc'],
    [
      'signs that begin markup',
      '<p>- a</p><p>1. b</p><p>&gt; c</p><p>d_e `f` &lt;b&gt;</p>',
      '\\- a\n\n1\\. b\n\n\\> c\n\nd_e \\`f\\` \\<b>',
    ],
    [
      'a table in a table',
      '<table><tr><td><p>a</p><table><tr><td>b</td></tr></table></td></tr></table>',
      '| a b |\n| --- |',
    ],
    [
      'a list in a cell',
      '<table><tr><td><ul><li>a</li><li>b</li></ul></td></tr></table>',
      '| a b |\n| --- |',
    ],
    [
      'a note',
      '<p>a<sup><a href="#n">[1]</a></sup></p><ol><li><p>why <a href="#r">↑</a></p></li></ol>',
      'a[1]\n\n1. why',
    ],
    ['what never closes', '<p>a<strong>b<table><tr><td>c', 'ab'],
  ])('%s', (_, html, text) => {
    expect(written(html)).toBe(text);
  });

  test('pictures are counted, and their descriptions are words', () => {
    expect(markdownOf('<p>a <img alt="a *cat*\n\non a mat" src="" /><img src="" /></p>')).toEqual({
      text: 'a (picture: a \\*cat\\* on a mat)',
      pictures: 2,
    });
  });
});
