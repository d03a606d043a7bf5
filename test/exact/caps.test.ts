import { describe, expect, test } from '@jest/globals';
import { CAPS, holdToCaps } from '../../src/exact/caps.ts';
import { textFile } from '../helpers/exact.ts';

const lines = (bytes: number): string => `${'x'.repeat(99)}\n`.repeat(Math.ceil(bytes / 100));

describe('caps', () => {
  test.each([
    ['a file', [textFile('a.md', lines(CAPS.file + 1))], 'a.md is 257 KB'],
    ['a line', [textFile('a.md', 'x'.repeat(CAPS.line + 1))], 'a line of 201 KB'],
    [
      'all files',
      Array.from({ length: 9 }, (_, n) => textFile(`${n}.md`, lines(CAPS.file - 200))),
      'together',
    ],
    [
      'their number',
      Array.from({ length: 501 }, (_, n) => textFile(`${n}.md`, '')),
      'at most 500 files',
    ],
  ])('%s over the cap is refused with its size', (_, files, says) => {
    expect(() => holdToCaps(files)).toThrow(
      expect.objectContaining({ code: 'too_large', message: expect.stringContaining(says) }),
    );
  });

  test.each(['../a.md', '/a.md', 'a/../b.md', '', './a.md', 'a\\b.md', 'a\nb.md'])(
    'the name %j is refused',
    (name) => {
      expect(() => holdToCaps([textFile(name, '')])).toThrow(
        expect.objectContaining({ code: 'bad_input' }),
      );
    },
  );

  test('two files of one name are refused', () => {
    expect(() => holdToCaps([textFile('a.md', ''), textFile('a.md', '')])).toThrow(
      'Two files are named a.md',
    );
  });

  test('a picture is never read, so its size does not count', () => {
    expect(() =>
      holdToCaps([
        { name: 'a.png', bytes: new Uint8Array(CAPS.all * 2) },
        textFile('..a/b.c.md', 'x'),
      ]),
    ).not.toThrow();
  });
});
