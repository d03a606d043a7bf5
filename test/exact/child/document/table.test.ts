import { expect, test } from '@jest/globals';
import { tableText } from '../../../../src/exact/child/document/table.ts';

const cell = (text: string, columns = 1, rows = 1) => ({ text, columns, rows });

test('a cell that covers several places stands in the first, and every column stays a column', () => {
  const rows = [
    [cell('Page', 1, 2), cell('Visits', 2)],
    [cell('May'), cell('June')],
    [cell('Home'), cell('1|2'), cell('3')],
  ];
  expect(tableText(rows)).toBe(
    [
      '| Page | Visits |  |',
      '| --- | --- | --- |',
      '|  | May | June |',
      '| Home | 1\\|2 | 3 |',
    ].join('\n'),
  );
});

test('rows of different lengths are filled up, and no row is no table', () => {
  expect(tableText([[cell('a')], [cell('b'), cell('c')]])).toBe(
    '| a |  |\n| --- | --- |\n| b | c |',
  );
  expect(tableText([])).toBe('');
});
