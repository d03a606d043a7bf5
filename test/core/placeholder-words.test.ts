import { expect, test } from '@jest/globals';
import type { PlaceName } from '../../src/core/placeholder.ts';
import { placesAlike, placesOf, placeText } from '../../src/core/placeholder.ts';
import { brokenLines } from '../../src/core/placeholder-words.ts';

const GIVEN: readonly PlaceName[] = [
  { kind: 'EMAIL', number: 1 },
  { kind: 'EMAIL', number: 12 },
  { kind: 'FILE', number: 1 },
];
const told = (...texts: readonly string[]) =>
  brokenLines(
    texts.map((text) => ({ text })),
    GIVEN,
  );

test('one that was given is told as it is written, however it was spelled', () => {
  const line = 'EMAIL 12 is written {{EMAIL_12}}, in exactly these characters.';
  for (const text of ['EMAIL_12', '{{ email_12 }}', '{{{EMAIL_12}}}', '{EMAIL-12}', '{{EMAIL12}}'])
    expect(told(text)).toEqual([line]);
  expect(told('{{FILE_1}}')).toEqual(['FILE 1 is written _FILE_1_, in exactly these characters.']);
});

test('one that was made up is told with those of its kind that were given', () => {
  expect(told('{{EMAIL_7}}', '{{TERM_1}}')).toEqual([
    'There is no EMAIL 7: of this kind you were given {{EMAIL_1}}, {{EMAIL_12}}.',
    'There is no TERM 1: you were given none of this kind.',
  ]);
});

test('the same one is told once, and no list is longer than a model needs', () => {
  expect(told('EMAIL_1', '{{ EMAIL_1 }}', '{{email_1}}')).toHaveLength(1);
  const many = Array.from({ length: 500 }, (_, n) => ({ kind: 'TERM', number: n + 1 }) as const);
  const lines = brokenLines(
    many.map((place) => ({ text: placeText(place).replace('TERM', 'IP') })),
    [...many, { kind: 'IP', number: 900_000 }],
  );
  expect(lines).toHaveLength(20);
  expect(brokenLines([{ text: '{{TERM_777}}' }], many)[0]).toMatch(
    /\{\{TERM_20\}\} and 480 more\.$/,
  );
});

test('it spells no placeholder out but one that was given', () => {
  const lines = told('{{EMAIL_7}}', 'EMAIL_1', '{{ file_3 }}', '{{LITERAL_2}}').join('\n');
  const alike = new Set(placesAlike(lines).map(({ text }) => text));
  expect([...alike]).toEqual(placesOf(lines).map(placeText));
  const given = new Set(GIVEN.map(placeText));
  expect([...alike].every((text) => given.has(text))).toBe(true);
});
