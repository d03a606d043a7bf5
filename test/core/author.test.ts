import { expect, test } from '@jest/globals';
import { authorOf, BROUGHT_IN, sourceOf } from '../../src/core/author.ts';

const ID = '0199c1a5-7d1e-7abc-8def-0123456789ab';

test('an author is read back from its source', () => {
  for (const author of [BROUGHT_IN, { by: 'attempt', id: ID }, { by: 'person', id: ID }] as const)
    expect(authorOf(sourceOf(author))).toEqual(author);
  expect(sourceOf({ by: 'person', id: ID })).toBe(`person:${ID}`);
});

test.each(['', 'attempt', 'attempt:', `gate:${ID}`, `person:${ID} `, 'person:Ada', 'brought_in:'])(
  'another text is refused: %j',
  (text) => expect(() => authorOf(text)).toThrow('expected an author'),
);
