import type { KnownBlock, ModalView } from '@slack/types';
import type { Form } from '../../flow/ports/form.ts';
import { size } from '../amounts.ts';
import { section, sections } from '../blocks.ts';
import { bold, line, safe, say } from '../text.ts';
import { modal } from './modal.ts';

type ReadForm = Extract<Form, { is: 'read' }>;
type ReadFile = ReadForm['files'][number];

const CHUNK = 3000;
/** Of all files together; Slack takes at most 250 kB and 100 blocks in one modal. */
const MOST_CHUNKS = 20;
const MOST_FILES = 20;
/** As long as the longest checklist. */
const MOST_CHECKS = 15;

/** Shows the draft as it is, letter by letter: nothing in it is read as markup. */
export function read(form: ReadForm): ModalView {
  const shown = form.files.slice(0, MOST_FILES);
  const left = form.files.length - shown.length;
  const each = Math.max(1, Math.floor(MOST_CHUNKS / Math.max(1, shown.length)));
  return modal({
    is: form.is,
    title: `Draft of ${form.number}`,
    blocks: [
      ...(form.checks === null ? [] : checksBlocks(form.checks)),
      ...shown.flatMap((file) => fileBlocks(file, each)),
      ...(left > 0 ? [section(say`… and ${left} more files`)] : []),
      ...(form.files.length === 0 ? [section(say`This draft has no files.`)] : []),
    ],
  });
}

/** What the reviewer said to its checklist, before the files: who reads them knows then where to look. */
function checksBlocks({ says, lines }: NonNullable<ReadForm['checks']>): KnownBlock[] {
  const words = [
    bold(line(says, 200)),
    ...lines.slice(0, MOST_CHECKS).map((text) => safe(text, 400)),
  ];
  return sections(words);
}

function fileBlocks(file: ReadFile, most: number): KnownBlock[] {
  const head = section(say`${bold(line(file.name))} ${size(file.size)}`);
  if (file.text === null) return [head, section(say`Not text, so it cannot be shown here.`)];
  if (file.text === '') return [head, section(say`The file is empty.`)];
  const chunks = chunksOf(file.text, most);
  const shown = chunks.reduce((sum, c) => sum + c.length, 0);
  const cut = say`Cut here: ${shown} of ${file.text.length} characters are shown.`;
  return [head, ...chunks.map(preformatted), ...(shown < file.text.length ? [section(cut)] : [])];
}

function chunksOf(text: string, most: number): string[] {
  const chunks: string[] = [];
  let at = 0;
  while (at < text.length && chunks.length < most) {
    const end = endOf(text, at);
    chunks.push(text.slice(at, end));
    at = end;
  }
  return chunks;
}

/** At the last line break of the chunk if there is one, and never inside a sign of two halves. */
function endOf(text: string, from: number): number {
  const hard = from + CHUNK;
  if (hard >= text.length) return text.length;
  const soft = text.lastIndexOf('\n', hard - 1);
  if (soft > from) return soft + 1;
  return /[\ud800-\udbff]/.test(text.charAt(hard - 1)) ? hard - 1 : hard;
}

function preformatted(text: string): KnownBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}
