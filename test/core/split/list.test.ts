import { expect, test } from '@jest/globals';
import { listIn as listWith } from '../../../src/core/split/list.ts';
import { isTalk } from '../../../src/core/split/talk.ts';
import { rules } from '../../helpers/decide.ts';

const listIn = (text: string) => listWith(text, (words) => isTalk(words, rules.cues.split));

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

test.each([
  ['- one\n- two\nthanks!', 'two', 'thanks!'],
  ['- one\n- two\nCheers, Mo', 'two', 'Cheers, Mo'],
  ['1. one\n2. two\nNo rush. Thanks!\n', 'two', 'No rush. Thanks!'],
  ['- one\n- two\nno rush\nthanks,\nMo Ayre', 'two', 'no rush\nthanks,\nMo Ayre'],
  [
    '- one\n- two\nthanks\n\nthe shop is shut on Monday',
    'two',
    'thanks\n\nthe shop is shut on Monday',
  ],
  ['1. one 2. two\nthanks!', 'two', 'thanks!'],
])('closing words right below the last item are none of it: %j', (text, last, after) => {
  expect(listIn(text)).toEqual({ before: '', items: ['one', last], after });
});

test.each([
  ['indented, it goes on with the item', '- one\n- two\n  thanks!', 'two\nthanks!'],
  [
    'it says something else as well',
    '- one\n- two\nThanks! It is on bee.org',
    'two\nThanks! It is on bee.org',
  ],
  ['it asks for work', '- one\n- two\nthanks for checking it', 'two\nthanks for checking it'],
  [
    'more of the item follows',
    '- one\n- two\nthanks\nit is the long one',
    'two\nthanks\nit is the long one',
  ],
  ['a name alone closes nothing', '- one\n- two\nMo', 'two\nMo'],
])('a line below the last item that is more stays with it: %s', (_why, text, last) => {
  expect(listIn(text)).toEqual({ before: '', items: ['one', last], after: '' });
});

test('below another item than the last, closing words stay where they are', () => {
  expect(listIn('- one\nthanks\n- two')).toEqual({
    before: '',
    items: ['one\nthanks', 'two'],
    after: '',
  });
});

test.each(['', 'plain text', '- only one', 'well-known things\n3.5 apples', '-no blank\n-none'])(
  'no list: %j',
  (text) => {
    expect(listIn(text)).toBeUndefined();
  },
);
