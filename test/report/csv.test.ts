import { expect, test } from '@jest/globals';
import { csvRow } from '../../src/report/csv.ts';

test('cells are quoted where they must be, and a row ends as RFC 4180 says', () => {
  expect(csvRow(['plain', 'a,b', 'say "yes"', 'two\r\nlines', ''])).toBe(
    'plain,"a,b","say ""yes""","two\r\nlines",\r\n',
  );
});

test('what a spreadsheet would take for a formula is text, but a number below nothing stays one', () => {
  expect(csvRow(['=1+1', '+x', '-x', '@x', '\tx', '-12', '-12.5'])).toBe(
    "'=1+1,'+x,'-x,'@x,'\tx,-12,-12.5\r\n",
  );
});
