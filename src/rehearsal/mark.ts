import type { AnswerFile } from '../core/answer.ts';
import { endingOf } from './reading.ts';

/** Stands in every file a stand-in writes. */
export const MARK = 'REHEARSAL: written by a stand-in, no model was asked';

type Put = (text: string, words: string) => string;

const first =
  (before: string, after = ''): Put =>
  (text, words) =>
    `${before}${words}${after}\n${text}`;

/** Below a leading heading, so that the title stays the first thing read. */
const underHeading: Put = (text, words) => {
  const heading = /^\s*#{1,2} .+\n/.exec(text)?.[0];
  const note = `> ${words}\n\n`;
  return heading === undefined
    ? note + text
    : `${heading}\n${note}${text.slice(heading.length).replace(/^\n+/, '')}`;
};

const afterOpenTag: Put = (text, words) =>
  /<\?php\s/.test(text)
    ? text.replace(/<\?php\s/, `<?php\n// ${words}\n`)
    : `<?php\n// ${words}\n?>\n${text}`;

const beforeBodyEnd: Put = (text, words) => {
  const note = `<!-- ${words} -->\n`;
  const at = text.search(/[ \t]*<\/body>/i);
  return at < 0
    ? `${text.replace(/\n*$/, '\n')}${note}`
    : text.slice(0, at) + note + text.slice(at);
};

const slashes = first('// ');
const hash = first('# ');
const BY_ENDING: Readonly<Record<string, Put>> = {
  md: underHeading,
  txt: first(''),
  php: afterOpenTag,
  html: beforeBodyEnd,
  htm: beforeBodyEnd,
  css: first('/* ', ' */'),
  js: slashes,
  mjs: slashes,
  ts: slashes,
  yaml: hash,
  yml: hash,
};

/** Marks every file in a comment its type allows; a type without comments gets a marked note beside it. */
export function markAll(files: readonly AnswerFile[], revision: number): readonly AnswerFile[] {
  const words = revision === 1 ? MARK : `${MARK} (revision ${revision})`;
  const marked = files.map((file) => ({ name: file.name, text: put(file, words) }));
  if (marked.every((file) => file.text.includes(MARK))) return marked;
  return [...marked, { name: 'REHEARSAL.txt', text: `${words}\n` }];
}

function put({ name, text }: AnswerFile, words: string): string {
  return text.includes(MARK) ? text : (BY_ENDING[endingOf(name)]?.(text, words) ?? text);
}
