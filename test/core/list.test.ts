import { expect, test } from '@jest/globals';
import { listIn } from '../../src/core/list.ts';

test.each([
  '- one\n- two',
  '* one\n* two',
  '1. one\n2. two',
  '1) one\n2) two',
  'a) one\nb) two',
  '• one\n• two',
])('a list by its marks: %j', (text) => {
  expect(listIn(text)).toEqual({ before: '', items: ['one', 'two'], after: '' });
});

test('what stands before, inside and after', () => {
  expect(
    listIn('For Acme:\n- one\n  more of one\n\n- two\n\nThanks\n- not an item any more'),
  ).toEqual({
    before: 'For Acme:',
    items: ['one\nmore of one', 'two'],
    after: 'Thanks\n- not an item any more',
  });
});

test.each(['', 'plain text', '- only one', 'well-known things\n3.5 apples', '-no blank\n-none'])(
  'no list: %j',
  (text) => {
    expect(listIn(text)).toBeUndefined();
  },
);
