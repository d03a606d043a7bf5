import { expect, test } from '@jest/globals';
import { refParts, ruleWords } from '../../src/ledger/rule-words.ts';
import { rules } from '../helpers/decide.ts';

test('every shipped rule says what its file says', () => {
  const read = [...rules.byId.values()].map((rule) => ({
    id: rule.id,
    ...ruleWords(rules.texts.get(rule.hash) ?? ''),
  }));
  const written = [...rules.byId.values()].map(({ id, title, because }) => ({
    id,
    title,
    because,
  }));
  expect(read.filter(({ title }) => title !== '').length).toBeGreaterThan(60);
  // Rules that are written in one line, such as rows of minutes, have no title of their own to read.
  expect(read.filter(({ title, because }) => title !== '' || because !== '')).toEqual(
    written.filter(({ id }) => read.some((one) => one.id === id && one.title !== '')),
  );
});

test.each([
  [
    'title: \'It\'\'s so: plainly\'\nbecause: "A \\"b\\""',
    { title: "It's so: plainly", because: 'A "b"' },
  ],
  ['title: One\n  and two\nbecause: x # a remark', { title: 'One and two', because: 'x' }],
  ['something: else', { title: '', because: '' }],
])('reads %j', (text, words) => {
  expect(ruleWords(text)).toEqual(words);
});

test('a reference has a name and a hash', () => {
  expect(refParts('lanes.yaml#LANE-070@bcf6924e70c8e636')).toEqual({
    name: 'LANE-070 (lanes.yaml)',
    hash: 'bcf6924e70c8e636',
  });
});
