import type { AnswerFile } from '../core/answer.ts';
import { endingOf } from './reading.ts';

/** Stands in every file a stand-in writes. */
export const MARK = 'REHEARSAL: written by a stand-in, no model was asked';

type Put = (text: string) => string;

const first =
  (line: string): Put =>
  (text) =>
    `${line}\n${text}`;

/** Below a leading heading, so that the title stays the first thing read. */
const underHeading: Put = (text) => {
  const heading = /^\s*#{1,2} .+\n/.exec(text)?.[0];
  const note = `> ${MARK}\n\n`;
  return heading === undefined
    ? note + text
    : `${heading}\n${note}${text.slice(heading.length).replace(/^\n+/, '')}`;
};

const afterOpenTag: Put = (text) =>
  /<\?php\s/.test(text)
    ? text.replace(/<\?php\s/, `<?php\n// ${MARK}\n`)
    : `<?php\n// ${MARK}\n?>\n${text}`;

const beforeBodyEnd: Put = (text) => {
  const note = `<!-- ${MARK} -->\n`;
  const at = text.search(/[ \t]*<\/body>/i);
  return at < 0
    ? `${text.replace(/\n*$/, '\n')}${note}`
    : text.slice(0, at) + note + text.slice(at);
};

const slashes = first(`// ${MARK}`);
const hash = first(`# ${MARK}`);
const BY_ENDING: Readonly<Record<string, Put>> = {
  md: underHeading,
  txt: first(MARK),
  php: afterOpenTag,
  html: beforeBodyEnd,
  htm: beforeBodyEnd,
  css: first(`/* ${MARK} */`),
  js: slashes,
  mjs: slashes,
  ts: slashes,
  yaml: hash,
  yml: hash,
};

/** Marks every file in a comment its type allows; a type without comments gets a marked note beside it. */
export function markAll(files: readonly AnswerFile[]): readonly AnswerFile[] {
  const marked = files.map((file) => ({ name: file.name, text: marker(file)(file.text) }));
  const bare = marked.some((file) => !file.text.includes(MARK));
  return bare ? [...marked, { name: 'REHEARSAL.txt', text: `${MARK}\n` }] : marked;
}

function marker({ name, text }: AnswerFile): Put {
  const put = BY_ENDING[endingOf(name)];
  return put === undefined || text.includes(MARK) ? (same) => same : put;
}
