import { getDocumentProxy } from 'unpdf';
import { sentenceOf } from '../../../core/fault.ts';
import { holdLength, Unreadable } from './reader.ts';
import type { Reader } from './reader.ts';

const MOST_PAGES = 1_000;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Item = Awaited<
  ReturnType<Awaited<ReturnType<Document['getPage']>>['getTextContent']>
>['items'][number];

/** Reads a pdf: the text of each page under a heading with its number, in the order the file has it. */
export const readPdf: Reader = async (bytes) => {
  const document = await opened(bytes);
  const pages = document.numPages;
  if (pages > MOST_PAGES)
    throw new Unreadable(
      `it has ${pages} pages, and at most ${MOST_PAGES} are read. Send the part it is about.`,
    );
  const texts: string[] = [];
  const empty: number[] = [];
  let length = 0;
  for (let number = 1; number <= pages; number += 1) {
    const page = await document.getPage(number);
    const text = textOf((await page.getTextContent()).items);
    page.cleanup();
    length += Buffer.byteLength(text);
    holdLength(length);
    if (text === '') empty.push(number);
    else texts.push(pages === 1 ? text : `## Page ${number}\n\n${text}`);
  }
  if (texts.length === 0) throw new Unreadable('it has no text, only pictures. Add it as text.');
  return { text: texts.join('\n\n'), notes: notesOn(empty) };
};

async function opened(bytes: Uint8Array): Promise<Document> {
  try {
    // Fonts are only for drawing, and code that a document brings is never run.
    const options = { isEvalSupported: false, disableFontFace: true, useSystemFonts: false };
    return await getDocumentProxy(bytes, { ...options, stopAtErrors: false, verbosity: 0 });
  } catch (thrown) {
    if (/password/i.test(sentenceOf(thrown)))
      throw new Unreadable('it is locked with a password. Save it without one, or add its text.');
    throw thrown;
  }
}

/** A gap of more than so many line heights begins a new paragraph. */
const GAP = 1.6;

/** The lines of a page as it has them, paragraphs apart: a pdf knows where words stand, not what belongs together. */
function textOf(items: readonly Item[]): string {
  const parts: string[] = [];
  let last: { readonly y: number; readonly height: number } | undefined;
  for (const item of items) {
    if (!('str' in item)) continue;
    const y = Number(item.transform[5]);
    if (item.str.trim() !== '') {
      const isApart =
        last !== undefined && Math.abs(last.y - y) > GAP * Math.max(last.height, item.height);
      if (isApart) parts.push('\n');
      last = { y, height: item.height };
    }
    parts.push(item.str, item.hasEOL ? '\n' : '');
  }
  return parts
    .join('')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function notesOn(empty: readonly number[]): readonly string[] {
  if (empty.length === 0) return [];
  const named = empty.slice(0, 10).join(', ');
  const more = empty.length > 10 ? ` and ${empty.length - 10} more` : '';
  return [`${empty.length === 1 ? 'page' : 'pages'} ${named}${more} without text`];
}
