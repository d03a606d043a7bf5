import type { AnswerFile } from '../core/answer.ts';
import type { Prompt } from './dialect.ts';

/** What a stand-in makes of a prompt: who it plays, what was asked, and the text files that came along. */
export type Reading = {
  readonly persona: string;
  readonly kind: string;
  readonly request: string;
  readonly files: readonly AnswerFile[];
};

/** What a stand-in hands back before it is wrapped as an answer. */
export type Work = {
  readonly files: readonly AnswerFile[];
  readonly questions: readonly string[];
  readonly assumptions: readonly string[];
  readonly minutes: number;
};

/** A fenced block: `<any-tag ... name="file"> text </any-tag>`; the tag may carry a random part, `file` and `path` serve as `name`. */
const BLOCK = /<([A-Za-z][\w.-]*)((?:\s+[\w-]+="[^"\n]*")*)\s*>\n?([\s\S]*?)\n?<\/\1(?:\s[^>]*)?>/g;
const NAME = /\s(?:name|file|path)="([^"]+)"/;

/** Reads `persona: id` and `kind: id` lines of the system text and the fenced blocks of the material. */
export function readPrompt(prompt: Prompt): Reading {
  const { files, request } = readMaterial(prompt.material);
  return {
    persona: lineOf(prompt.system, 'persona'),
    kind: lineOf(prompt.system, 'kind'),
    request,
    files,
  };
}

/** The answer to a prompt without what it needs. */
export function askFor(question: string): Work {
  return { files: [], questions: [question], assumptions: [], minutes: 0 };
}

/** Words of a text, markup not counted. */
export function countWords(text: string): number {
  return text.replace(/<[^>]*>/g, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
}

/** The name without folders and ending. */
export function stemOf(name: string): string {
  return (name.split('/').at(-1) ?? name).replace(/\.[^.]*$/, '');
}

/** The ending in lower case, without its dot. */
export function endingOf(name: string): string {
  return /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function lineOf(system: string, key: string): string {
  return new RegExp(`^[ \\t]*${key}:[ \\t]*([\\w-]+)`, 'm').exec(system)?.[1] ?? '';
}

/** Only named blocks are files; of the rest, a block named after the request is the request, else all that is left. */
function readMaterial(material: string): { files: AnswerFile[]; request: string } {
  const files: AnswerFile[] = [];
  const asked: string[] = [];
  for (const [, tag = '', attributes = '', text = ''] of material.matchAll(BLOCK)) {
    const name = NAME.exec(attributes)?.[1];
    if (name !== undefined && endingOf(name) !== '') files.push({ name, text: `${text}\n` });
    else if (/request|words|asked|message/i.test(`${tag} ${attributes}`)) asked.push(text);
  }
  const rest = material.replace(BLOCK, '').replace(/<[^>\n]*>/g, ' ');
  return { files, request: (asked[0] ?? rest).trim() };
}
