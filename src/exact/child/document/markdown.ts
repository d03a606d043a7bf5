import { ENTITIES, entity, tokensOf } from '../page/tokens.ts';
import type { OpenTag } from '../page/tokens.ts';
import { tableText } from './table.ts';
import type { Cell } from './table.ts';

/** The text of a document as Markdown, and how many pictures it left out. */
export type Written = { readonly text: string; readonly pictures: number };

type List = { readonly ordered: boolean; count: number };
/** Where a bold or struck run or a link began in the line, to be marked once its end is known. */
type Run = { readonly from: number; readonly href: string };

type Pen = {
  readonly blocks: string[];
  line: string;
  /** What stands before the line: a heading's mark or a list's. */
  mark: string;
  readonly lists: List[];
  readonly runs: Run[];
  /** Tables inside one another; only the outermost is written as a table. */
  tables: number;
  rows: Cell[][];
  pictures: number;
};

/**
 * Writes the HTML that Mammoth makes of a Word file as Markdown: headings, paragraphs, lists, tables, bold, links.
 * Escaped is only what would change the structure, so that the words read as they were written.
 */
export function markdownOf(html: string): Written {
  const pen: Pen = {
    blocks: [],
    line: '',
    mark: '',
    lists: [],
    runs: [],
    tables: 0,
    rows: [],
    pictures: 0,
  };
  for (const token of tokensOf(html)) {
    if (token.is === 'open') OPEN[token.name]?.(pen, token);
    else if (token.is === 'close') CLOSE[token.name]?.(pen);
    else if (token.is === 'text') pen.line += escaped(plain(html.slice(token.start, token.end)));
  }
  endLine(pen);
  return { text: joined(pen.blocks), pictures: pen.pictures };
}

type Step = (pen: Pen, tag: OpenTag) => void;

const HEADINGS = [1, 2, 3, 4, 5, 6];

const OPEN: Readonly<Record<string, Step>> = {
  p: (pen) => endLine(pen),
  ...Object.fromEntries(
    HEADINGS.map((level): [string, Step] => [
      `h${level}`,
      (pen) => {
        endLine(pen);
        pen.mark ||= `${'#'.repeat(level)} `;
      },
    ]),
  ),
  ul: (pen) => openList(pen, false),
  ol: (pen) => openList(pen, true),
  li: (pen) => openItem(pen),
  br: (pen) => void (pen.line += pen.tables > 0 ? ' ' : '\n'),
  strong: openRun,
  s: openRun,
  a: (pen, tag) =>
    void pen.runs.push({ from: pen.line.length, href: tag.attributes.get('href') ?? '' }),
  img: (pen, tag) => {
    pen.pictures += 1;
    const alt = (tag.attributes.get('alt') ?? '').replace(/\s+/g, ' ').trim();
    if (alt !== '') pen.line += escaped(`(picture: ${alt})`);
  },
  table: (pen) => {
    if (pen.tables === 0) endLine(pen);
    pen.tables += 1;
  },
  tr: (pen) => void (pen.tables === 1 && pen.rows.push([])),
  td: openCell,
  th: openCell,
};

const CLOSE: Readonly<Record<string, (pen: Pen) => void>> = {
  p: endLine,
  ...Object.fromEntries(HEADINGS.map((level) => [`h${level}`, endLine])),
  li: endLine,
  ul: closeList,
  ol: closeList,
  strong: (pen) => endRun(pen, (words) => `**${words}**`),
  // Struck out and still there: without its mark it would read as if it held.
  s: (pen) => endRun(pen, (words) => `~~${words}~~`),
  a: (pen) => endRun(pen, linked),
  td: closeCell,
  th: closeCell,
  table: closeTable,
};

/** Inside a table everything is one line: its cell. */
function endLine(pen: Pen): void {
  if (pen.tables > 0) {
    if (pen.line !== '' && !pen.line.endsWith(' ')) pen.line += ' ';
    return;
  }
  const text = pen.line.trim();
  if (text !== '') {
    const indent = ' '.repeat(pen.mark.length);
    const lines = text
      .split('\n')
      .map((line) => (pen.mark === '' ? atStart(line.trim()) : line.trim()));
    pen.blocks.push(pen.mark + lines.join(pen.mark.startsWith('#') ? ' ' : `\n${indent}`));
    pen.mark = '';
  }
  pen.line = '';
}

function openList(pen: Pen, ordered: boolean): void {
  endLine(pen);
  pen.lists.push({ ordered, count: 0 });
}

function closeList(pen: Pen): void {
  endLine(pen);
  pen.lists.pop();
  pen.mark = '';
}

function openItem(pen: Pen): void {
  endLine(pen);
  const list = pen.lists.at(-1);
  if (list === undefined || pen.tables > 0) return;
  list.count += 1;
  const above = pen.lists.slice(0, -1);
  const indent = above.map(({ ordered }) => (ordered ? '   ' : '  ')).join('');
  pen.mark = `${indent}${list.ordered ? `${list.count}.` : '-'} `;
}

function openRun(pen: Pen): void {
  pen.runs.push({ from: pen.line.length, href: '' });
}

/** White space at the edges of a run stays outside of its marks, which would not be marks otherwise. */
function endRun(pen: Pen, written: (words: string, href: string) => string): void {
  const run = pen.runs.pop();
  if (run === undefined) return;
  const [, before = '', words = '', after = ''] =
    /^(\s*)([^]*?)(\s*)$/.exec(pen.line.slice(run.from)) ?? [];
  if (words !== '')
    pen.line = pen.line.slice(0, run.from) + before + written(words, run.href) + after;
}

/** A link to a place in the document itself says nothing outside of it; the arrow back from a note neither. */
function linked(words: string, href: string): string {
  if (words === '↑' && href.startsWith('#')) return '';
  return /^(https?:|mailto:)/i.test(href)
    ? `[${words}](${href.replace(/[\s()]/g, encodeURIComponent)})`
    : words;
}

function openCell(pen: Pen, tag: OpenTag): void {
  if (pen.tables !== 1) return;
  pen.line = '';
  const span = (name: string): number => Math.min(100, Number(tag.attributes.get(name) ?? 1) || 1);
  pen.rows.at(-1)?.push({ text: '', columns: span('colspan'), rows: span('rowspan') });
}

function closeCell(pen: Pen): void {
  if (pen.tables !== 1) return;
  const row = pen.rows.at(-1);
  const last = row?.pop();
  if (last !== undefined) row?.push({ ...last, text: pen.line.replace(/\s+/g, ' ').trim() });
  pen.line = '';
}

function closeTable(pen: Pen): void {
  pen.tables = Math.max(0, pen.tables - 1);
  if (pen.tables > 0) return;
  const text = tableText(pen.rows);
  if (text !== '') pen.blocks.push(text);
  pen.rows = [];
  pen.line = '';
  pen.mark = '';
}

function plain(text: string): string {
  return text.replace(ENTITIES, (...found) => entity(found as unknown as RegExpMatchArray));
}

/** Signs that would begin markup in the midst of a line. */
function escaped(text: string): string {
  return text.replace(/[\\*`]|<(?=[a-z/!?])/gi, (sign) => `\\${sign}`);
}

/** Signs that would make something else of a paragraph: a heading, a list, a quotation. */
function atStart(line: string): string {
  return line
    .replace(/^(#{1,6}|[-+>])(?=\s)/, (sign) => `\\${sign}`)
    .replace(/^(\d{1,9})([.)])(?=\s)/, (_, number: string, sign: string) => `${number}\\${sign}`);
}

/** Blocks apart, but the points of one list together. */
function joined(blocks: readonly string[]): string {
  const isPoint = (block: string | undefined): boolean => /^ *(-|\d+\.) /.test(block ?? '');
  return blocks
    .map(
      (block, at) =>
        (at === 0 ? '' : isPoint(block) && isPoint(blocks[at - 1]) ? '\n' : '\n\n') + block,
    )
    .join('');
}
