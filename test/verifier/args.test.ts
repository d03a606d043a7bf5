import { expect, test } from '@jest/globals';
import { readArgs } from '../../src/verifier/args.ts';

test('a folder, keys and earlier checkpoints, in any order', () => {
  expect(readArgs([])).toEqual({ folder: undefined, keys: [], earlier: [], json: false });
  expect(
    readArgs(['--earlier', 'a', 'folder', '--key', 'k', '--earlier', '7 · ab', '--json']),
  ).toEqual({
    folder: 'folder',
    keys: ['k'],
    earlier: ['a', '7 · ab'],
    json: true,
  });
  expect(readArgs(['--help'])).toBe('help');
});

test.each([
  [['--keys', 'k'], /got "--keys"/],
  [['a', 'b'], /got "b"/],
  [['--key'], /a value after --key/],
  [['--earlier', ''], /a value after --earlier/],
])('%j is refused', (words, says) => {
  expect(() => readArgs(words)).toThrow(says);
});
