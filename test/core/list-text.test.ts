import { expect, test } from '@jest/globals';
import { listText } from '../../src/core/list-text.ts';

test('a list as people say it', () => {
  expect([[], [1], [1, 2], ['a', 'b', 'c']].map(listText)).toEqual([
    '',
    '1',
    '1 and 2',
    'a, b and c',
  ]);
});
