import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deflateSync } from 'fflate';
import type { NamedFile, ReadDocument } from '../../../../src/flow/ports/exact.ts';
import type { ExactRoom } from '../../../../src/exact/open.ts';
import {
  docx,
  docxParts,
  paragraph,
  pdf,
  sheetRows,
  xlsxParts,
  zipped,
} from '../../../helpers/documents.ts';
import { NEVER, shippedExact } from '../../../helpers/exact.ts';

/** Documents made to swell, to hang, to read other files or to call home: each ends in a sentence, and nothing gets out. */
const hits: string[] = [];
let server: Server;
let exact: ExactRoom;
let home = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  exact = await shippedExact();
});
afterAll(async () => {
  await exact.close();
  await new Promise((resolve) => server.close(resolve));
  expect(hits).toEqual([]);
});

const read = (file: NamedFile): Promise<ReadDocument> => exact.read(file, NEVER);
const unreadable = (why: string) => ({ is: 'unreadable', why: expect.stringContaining(why) });
const ZEROS = new Uint8Array(30_000_000);

describe('what swells', () => {
  test('a part that unpacks to more than a text needs is never unpacked', async () => {
    const file = zipped('a.docx', docxParts('', { 'word/document.xml': ZEROS }));
    expect(await read(file)).toEqual(unreadable('unpacked it is larger than 24 MB'));
  });

  test('a part that is said to be small is cut off there', async () => {
    const { bytes } = zipped('a.docx', docxParts('', { 'word/document.xml': ZEROS }));
    const view = Buffer.from(bytes);
    // The size a part has unpacked stands in its own head and once more in the list at the end.
    for (let at = 0; (at = view.indexOf(size(ZEROS.length), at)) !== -1;) view.set(size(400), at);
    expect(await read({ name: 'a.docx', bytes: new Uint8Array(view) })).toMatchObject({
      is: 'unreadable',
    });
  });

  test('what is no text is never unpacked: pictures, macros, embedded files', async () => {
    const more = { 'word/media/a.png': ZEROS, 'word/vbaProject.bin': ZEROS };
    const file = zipped('a.docx', docxParts(paragraph('Words.'), more));
    expect(await read(file)).toEqual({ is: 'text', text: 'Words.\n', notes: [] });
  });

  test('ten thousand parts', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => [`word/media/${at}`, ''] as const);
    const file = zipped('a.docx', docxParts(paragraph('x'), Object.fromEntries(many)));
    expect(await read(file)).toEqual(unreadable('5000 parts'));
  });

  test('a stream of a pdf that unpacks to 200 MB', async () => {
    const stream = deflateSync(deflateSync(new Uint8Array(200_000_000).fill(32)));
    const text = Buffer.from(stream).toString('latin1');
    const whole = Buffer.from(pdf('a.pdf', [['x']]).bytes).toString('latin1');
    const swollen = whole.replace(
      /<< \/Length \d+ >>\nstream\n[^]*?\nendstream/,
      () =>
        `<< /Length ${stream.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${text}\nendstream`,
    );
    const file = { name: 'a.pdf', bytes: new Uint8Array(Buffer.from(swollen, 'latin1')) };
    expect(await read(file)).toMatchObject({ is: 'unreadable' });
  });
});

describe('what nests or goes in circles', () => {
  test.each([
    ['paragraphs', '<w:p>'.repeat(50_000)],
    ['tables', `${'<w:tbl><w:tr><w:tc>'.repeat(9_000)}${'</w:tc></w:tr></w:tbl>'.repeat(9_000)}`],
  ])('%s in one another', async (_, body) => {
    expect(await read(zipped('a.docx', docxParts(body)))).toEqual(unreadable('it is damaged'));
  });

  test('a page that is its own page tree', async () => {
    const text = Buffer.from(pdf('a.pdf', [['x']]).bytes).toString('latin1');
    const bytes = new Uint8Array(
      Buffer.from(text.replace('/Kids [4 0 R]', '/Kids [2 0 R]'), 'latin1'),
    );
    expect(await read({ name: 'a.pdf', bytes })).toMatchObject({ is: 'unreadable' });
  });
});

test.each([
  ['swelling entities', '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>', '&b;'],
  ['a file of this machine', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '&a;'],
])('%s as an entity', async (_, type, text) => {
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const part = `${type}<w:document xmlns:w="${word}"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
  const file = zipped('a.docx', docxParts('', { 'word/document.xml': part }));
  expect(await read(file)).toEqual(unreadable('it carries definitions'));
});

test('what a document links to from outside is not fetched', async () => {
  const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="${home}/picture" TargetMode="External"/><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="${home}/template" TargetMode="External"/></Relationships>`;
  const picture =
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:docPr id="1" name="x" descr="a cat"/><a:graphic><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
  const file = zipped(
    'a.docx',
    docxParts(paragraph('Words.') + picture, { 'word/_rels/document.xml.rels': rels }),
  );
  expect(await read(file)).toEqual({
    is: 'text',
    text: 'Words.\n\n(picture: a cat)\n',
    notes: ['1 of its pictures cannot be seen'],
  });
  const open = `/OpenAction << /S /JavaScript /JS (app.launchURL\\("${home}/script"\\)) >>`;
  const active = Buffer.from(pdf('a.pdf', [['Words.']]).bytes)
    .toString('latin1')
    .replace('/Type /Catalog', `/Type /Catalog ${open}`);
  expect(
    await read({ name: 'a.pdf', bytes: new Uint8Array(Buffer.from(active, 'latin1')) }),
  ).toMatchObject({ is: 'text' });
  expect(hits).toEqual([]);
});

test('a pdf with a password is not read', async () => {
  const key = '<'.concat('ab'.repeat(32), '>');
  const locked = pdf(
    'a.pdf',
    [['x']],
    `/Encrypt << /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >> /ID [<00> <00>]`,
  );
  expect(await read(locked)).toEqual(unreadable('it is locked with a password'));
});

test('a reading that takes too long is stopped, and the next document is read', async () => {
  const impatient = await shippedExact({ limits: { engineMs: 1_500 } });
  try {
    const far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
    expect(await impatient.read(zipped('a.xlsx', xlsxParts({ S: far })), NEVER)).toEqual(
      unreadable('the reading was stopped'),
    );
    expect(await impatient.read(docx('a.docx', ['Words.']), NEVER)).toMatchObject({ is: 'text' });
  } finally {
    await impatient.close();
  }
});

test('a formula in a cell is a value, as it was saved', async () => {
  const rows = `${sheetRows([['=1+1']])}<row r="2"><c r="A2" t="str"><f>WEBSERVICE("${home}/cell")</f><v>kept</v></c></row>`;
  expect(await read(zipped('a.xlsx', xlsxParts({ S: rows })))).toEqual({
    is: 'text',
    text: '## Sheet S\n\n=1+1\nkept\n',
    notes: [],
  });
});

/** Four bytes, the least first, as a zip writes a size. */
function size(bytes: number): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(bytes);
  return four;
}
