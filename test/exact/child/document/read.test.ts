import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ReadDocument } from '../../../../src/flow/ports/exact.ts';
import type { ExactRoom } from '../../../../src/exact/open.ts';
import {
  docx,
  docxParts,
  paragraph,
  pdf,
  sheetRows,
  table,
  xlsx,
  zipped,
} from '../../../helpers/documents.ts';
import { NEVER, shippedExact, textFile } from '../../../helpers/exact.ts';

let exact: ExactRoom;
beforeAll(async () => {
  exact = await shippedExact();
});
afterAll(() => exact.close());

const read = (file: Parameters<ExactRoom['read']>[0]): Promise<ReadDocument> =>
  exact.read(file, NEVER);

describe('docx', () => {
  test('headings, lists, tables, bold, links and notes are kept', async () => {
    const link =
      '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="h1"><w:r><w:t>our page</w:t></w:r></w:hyperlink><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> and act </w:t></w:r><w:r><w:t>now.</w:t></w:r></w:p>';
    const body = [
      paragraph('Spring report', { heading: 1 }),
      paragraph('Sales rose by 4 % & costs fell.'),
      paragraph('Points', { heading: 2 }),
      paragraph('first', { point: 0 }),
      paragraph('inner', { point: 1 }),
      paragraph('second', { point: 0 }),
      table([
        ['Month', 'Sales'],
        ['May', '1|200'],
      ]),
      link,
      paragraph('# no heading, 3 * 4 < 5'),
    ].join('');
    const parts = docxParts(body);
    const rels = String(parts['word/_rels/document.xml.rels']).replace(
      '</Relationships>',
      '<Relationship Id="h1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/a" TargetMode="External"/></Relationships>',
    );
    expect(
      await read(zipped('report.docx', { ...parts, 'word/_rels/document.xml.rels': rels })),
    ).toEqual({
      is: 'text',
      notes: [],
      text: [
        '# Spring report',
        '',
        'Sales rose by 4 % & costs fell.',
        '',
        '## Points',
        '',
        '- first',
        '  1. inner',
        '- second',
        '',
        '| Month | Sales |',
        '| --- | --- |',
        '| May | 1\\|200 |',
        '',
        'See [our page](https://example.org/a) **and act** now.',
        '',
        '\\# no heading, 3 \\* 4 < 5',
        '',
      ].join('\n'),
    });
  });

  test('changes are read as accepted, comments are not read', async () => {
    const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
    const body = `<w:p>${run('We ')}<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del><w:ins w:id="2">${run('always ')}</w:ins>${run('pay.')}<w:r><w:commentReference w:id="0"/></w:r></w:p>`;
    const comments =
      '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0"><w:p><w:r><w:t>secret remark</w:t></w:r></w:p></w:comment></w:comments>';
    const file = zipped('a.docx', docxParts(body, { 'word/comments.xml': comments }));
    expect(await read(file)).toEqual({ is: 'text', text: 'We always pay.\n', notes: [] });
  });
});

describe('pdf', () => {
  test('each page under its number, paragraphs apart, pages without text named', async () => {
    const pages = [['Annual report', 'for the board.'], [], ['Second (part)']];
    expect(await read(pdf('a.pdf', pages))).toEqual({
      is: 'text',
      text: '## Page 1\n\nAnnual report\nfor the board.\n\n## Page 3\n\nSecond (part)\n',
      notes: ['page 2 without text'],
    });
  });

  test('a scan has no text, and it says so', async () => {
    expect(await read(pdf('scan.pdf', [[], []]))).toEqual({
      is: 'unreadable',
      why: 'it has no text, only pictures. Add it as text.',
    });
  });
});

describe('xlsx', () => {
  test('every sheet as rows of values, with quotes where they are needed', async () => {
    const file = xlsx('figures.xlsx', {
      Visits: sheetRows([
        ['Day', 'Page', 'Visits'],
        [{ day: 45_992 }, 'Home, new', 1200],
        [{ day: 45_993 }, 'say "hi"', -3.5],
      ]),
      Empty: '',
      Notes: sheetRows([['seen']]),
    });
    expect(await read(file)).toEqual({
      is: 'text',
      text: '## Sheet Visits\n\nDay,Page,Visits\n2025-12-01,"Home, new",1200\n2025-12-02,"say ""hi""",-3.5\n\n## Sheet Notes\n\nseen\n',
      notes: ['1 of its sheets is empty'],
    });
  });
});

test.each([
  ['an empty docx', docx('a.docx', ['']), 'it has no text'],
  ['a text under another name', textFile('a.docx', 'Just words.'), 'it is damaged, or no docx'],
  [
    'half a docx',
    { name: 'a.docx', bytes: docx('a.docx', ['Words.']).bytes.slice(0, 300) },
    'it is damaged, or no docx',
  ],
  [
    'a docx that is an xlsx',
    { ...xlsx('a.xlsx', { One: sheetRows([['x']]) }), name: 'a.docx' },
    'it is damaged, or no docx',
  ],
  [
    'half a pdf',
    { name: 'a.pdf', bytes: pdf('a.pdf', [['x']]).bytes.slice(0, 40) },
    'it is damaged, or no pdf',
  ],
  [
    'an xlsx of noise',
    { name: 'a.xlsx', bytes: new Uint8Array(500).fill(7) },
    'it is damaged, or no xlsx',
  ],
  [
    'a file with a password',
    { name: 'a.docx', bytes: Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0) },
    'it is locked with a password',
  ],
  [
    'a text that is too long',
    docx(
      'a.docx',
      Array.from({ length: 3_000 }, () => 'word '.repeat(20)),
    ),
    'its text is longer than 256 KB',
  ],
  [
    'a pdf that is too long',
    pdf(
      'a.pdf',
      Array.from({ length: 1_001 }, () => []),
    ),
    'it has 1001 pages',
  ],
  [
    '8 MB of pictures',
    { name: 'a.docx', bytes: new Uint8Array(8_000_001) },
    'it is larger than 8 MB',
  ],
])('%s is not read, and why is said', async (_, file, why) => {
  expect(await read(file)).toEqual({ is: 'unreadable', why: expect.stringContaining(why) });
});

test('a file of another type is no document', async () => {
  await expect(read(textFile('a.odt', 'x'))).rejects.toMatchObject({ code: 'bad_input' });
});
