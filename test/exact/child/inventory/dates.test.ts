import { describe, expect, test } from '@jest/globals';
import { datesIn } from '../../../../src/exact/child/inventory/dates.ts';

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

describe('dates in a text', () => {
  test.each([
    ['2024-03-05', '2024-03-05'],
    ['5 March 2024', '2024-03-05'],
    ['5th Mar. 2024', '2024-03-05'],
    ['March 5, 2024', '2024-03-05'],
    ['March 2024', '2024-03-31'],
    ['spring 2023', '2023-05-31'],
    ['2009', '2009-12-31'],
  ])('%s ends on %s', (words, ends) => {
    expect(datesIn(`On ${words} we met.`).map((date) => [date.words, day(date.ends)])).toEqual([
      [words, ends],
    ]);
  });

  test('only a sentence that looks ahead announces', () => {
    const text =
      'In spring 2023 we opened. The next course starts on 12 September 2023. Founded 2009.';
    expect(datesIn(text).map((date) => [date.words, date.announces])).toEqual([
      ['spring 2023', false],
      ['12 September 2023', true],
      ['2009', false],
    ]);
  });
});
