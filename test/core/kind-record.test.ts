import { expect, test } from '@jest/globals';
import { shownBy } from '../../src/core/kind-record.ts';

test('a record is thin, bad or good by what the rules ask of it', () => {
  const least = { approved: 3, unchanged: 80 };
  const shown = (approved: number, unchanged: number) => shownBy({ approved, unchanged }, least);
  expect(shown(2, 2)).toBe('thin');
  expect(shown(5, 4)).toBe('good');
  expect(shown(10, 7)).toBe('bad');
  expect(shownBy({ approved: 0, unchanged: 0 }, { approved: 0, unchanged: 100 })).toBe('good');
});
