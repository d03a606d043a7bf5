import readXlsxFile from 'read-excel-file/universal';
import { holdLength } from './reader.ts';
import type { Reader } from './reader.ts';
import { sieve } from './sieve.ts';

/** Cells, shared texts and formats of numbers: not charts, pictures, macros, comments or links to other files. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(_rels\/workbook\.xml\.rels|workbook\.xml|styles\.xml|sharedStrings\.xml|worksheets\/[\w.-]+\.xml))$/;

/** Reads an xlsx: every sheet, hidden ones too, as rows of comma-separated values; of a formula the value last saved. */
export const readSheets: Reader = async (bytes) => {
  const sheets = await readXlsxFile(sieve(bytes, PARTS).slice().buffer);
  let length = 0;
  const texts = sheets.map(({ sheet, data }) => {
    const lines = data.map((row) => row.map(cell).join(',').replace(/,+$/, ''));
    const rows = lines.join('\n').replace(/\n+$/, '');
    length += Buffer.byteLength(rows);
    holdLength(length);
    return { name: sheet.replace(/\s+/g, ' '), rows };
  });
  const full = texts.filter(({ rows }) => rows !== '');
  const empty = texts.length - full.length;
  return {
    text: full.map(({ name, rows }) => `## Sheet ${name}\n\n${rows}`).join('\n\n'),
    notes: empty === 0 ? [] : [`${empty} of its sheets ${empty === 1 ? 'is' : 'are'} empty`],
  };
};

/** One value after RFC 4180; a moment as ISO 8601, a day without its time. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
