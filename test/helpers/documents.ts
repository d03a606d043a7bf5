import { zipSync } from 'fflate';
import type { NamedFile } from '../../src/flow/ports/exact.ts';

/** Small Word, Excel and PDF files made of nothing but their parts, so that a test says all that is in them. */

/** So that the same parts are the same bytes. */
const WRITTEN = new Date(2026, 0, 1);

export type Parts = Readonly<Record<string, string | Uint8Array>>;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export function zipped(name: string, parts: Parts): NamedFile {
  const bytes = (part: string | Uint8Array): Uint8Array =>
    typeof part === 'string' ? new TextEncoder().encode(part) : part;
  const files = Object.entries(parts).map(([path, part]) => [path, bytes(part)] as const);
  return { name, bytes: zipSync(Object.fromEntries(files), { mtime: WRITTEN }) };
}

type Rel = { readonly id: string; readonly type: string; readonly to: string };

function rels(list: readonly Rel[], outside = false): string {
  const mode = outside ? ' TargetMode="External"' : '';
  const each = list.map(
    ({ id, type, to }) =>
      `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${to}"${mode}/>`,
  );
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

function contentTypes(main: string, type: string): string {
  return `${HEAD}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main}" ContentType="${type}"/></Types>`;
}

const STYLES = `${HEAD}<w:styles xmlns:w="${WORD}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>`;
const NUMBERING = `${HEAD}<w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

/** The parts of a docx with this body, in the XML of Word; `document` is its whole main part instead. */
export function docxParts(body: string, more: Parts = {}): Parts {
  return {
    '[Content_Types].xml': contentTypes(
      'word/document.xml',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    ),
    '_rels/.rels': rels([{ id: 'r1', type: 'officeDocument', to: 'word/document.xml' }]),
    'word/_rels/document.xml.rels': rels([
      { id: 'r2', type: 'styles', to: 'styles.xml' },
      { id: 'r3', type: 'numbering', to: 'numbering.xml' },
    ]),
    'word/styles.xml': STYLES,
    'word/numbering.xml': NUMBERING,
    'word/document.xml': `${HEAD}<w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}"><w:body>${body}</w:body></w:document>`,
    ...more,
  };
}

/** A paragraph: plain, a heading of a level, or a point of a list. */
export function paragraph(text: string, is: { heading?: 1 | 2; point?: 0 | 1 } = {}): string {
  const style = is.heading === undefined ? '' : `<w:pStyle w:val="Heading${is.heading}"/>`;
  const point =
    is.point === undefined
      ? ''
      : `<w:numPr><w:ilvl w:val="${is.point}"/><w:numId w:val="1"/></w:numPr>`;
  return `<w:p><w:pPr>${style}${point}</w:pPr><w:r><w:t xml:space="preserve">${xml(text)}</w:t></w:r></w:p>`;
}

export function table(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `<w:tc>${paragraph(text)}</w:tc>`;
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
}

/** A docx of plain paragraphs. */
export function docx(name: string, paragraphs: readonly string[]): NamedFile {
  return zipped(name, docxParts(paragraphs.map((text) => paragraph(text)).join('')));
}

/** The parts of an xlsx whose sheets hold this XML of rows. */
export function xlsxParts(sheets: Readonly<Record<string, string>>, more: Parts = {}): Parts {
  const names = Object.keys(sheets);
  const each = names.map(
    (name, at) => `<sheet name="${xml(name)}" sheetId="${at + 1}" r:id="s${at + 1}"/>`,
  );
  const parts = Object.values(sheets).map(
    (rows, at) =>
      [
        `xl/worksheets/sheet${at + 1}.xml`,
        `${HEAD}<worksheet xmlns="${SHEET}"><sheetData>${rows}</sheetData></worksheet>`,
      ] as const,
  );
  return {
    '[Content_Types].xml': contentTypes(
      'xl/workbook.xml',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    ),
    '_rels/.rels': rels([{ id: 'r1', type: 'officeDocument', to: 'xl/workbook.xml' }]),
    'xl/_rels/workbook.xml.rels': rels([
      ...names.map((_, at) => ({
        id: `s${at + 1}`,
        type: 'worksheet',
        to: `worksheets/sheet${at + 1}.xml`,
      })),
      { id: 't', type: 'styles', to: 'styles.xml' },
    ]),
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${SHEET}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets>${each.join('')}</sheets></workbook>`,
    ...Object.fromEntries(parts),
    ...more,
  };
}

/** Rows of cells as the XML of a sheet: numbers, words, and days as `{ day }` by Excel's count. */
export function sheetRows(
  rows: readonly (readonly (string | number | { day: number })[])[],
): string {
  return rows
    .map((row, r) => {
      const cells = row.map((value, c) => {
        const at = `${String.fromCodePoint(65 + c)}${r + 1}`;
        if (typeof value === 'string')
          return `<c r="${at}" t="inlineStr"><is><t>${xml(value)}</t></is></c>`;
        if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
        return `<c r="${at}" s="1"><v>${value.day}</v></c>`;
      });
      return `<row r="${r + 1}">${cells.join('')}</row>`;
    })
    .join('');
}

export function xlsx(name: string, sheets: Parameters<typeof xlsxParts>[0]): NamedFile {
  return zipped(name, xlsxParts(sheets));
}

/** A pdf of pages of lines; a page without lines holds no text. `trailer` goes into its trailer, e.g. an Encrypt entry. */
export function pdf(name: string, pages: readonly (readonly string[])[], trailer = ''): NamedFile {
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((lines, at) => {
      const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
      const stream = `BT /F1 12 Tf 72 720 Td 14 TL\n${shown}\nET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + at * 2} 0 R >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return { name, bytes: new Uint8Array(Buffer.from(text, 'latin1')) };
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
