import type { AnswerFile } from '../core/answer.ts';
import { textName } from '../core/document.ts';
import type { Prompt } from './dialect.ts';

/** What a stand-in makes of a prompt: who it plays, what was asked, and the text files that came along. */
export type Reading = {
  readonly persona: string;
  readonly kind: string;
  readonly request: string;
  readonly files: readonly AnswerFile[];
  /** The plain file name the deliverable should have, when the brief names one. */
  readonly fileName: string | undefined;
  /** The ids of the questions on a reviewer's checklist. */
  readonly points: readonly string[];
  /** The one file whose plain text is asked for; undefined when a whole answer is. */
  readonly wanted: string | undefined;
  /** 1 for a first draft, one more for each that was sent back. */
  readonly revision: number;
};

/** What a stand-in hands back before it is wrapped as an answer. */
export type Work = {
  readonly files: readonly AnswerFile[];
  readonly questions: readonly string[];
  readonly assumptions: readonly string[];
  readonly minutes: number;
};

/** A fenced block of the material: `<<<label tag`, the text, and the same random tag with `>>>`. */
const BLOCK = /<<<([^\n]+) (\S+)\n([\s\S]*?)\n\2>>>/g;

/** Reads who is played from the system text and the fenced blocks of the material; text outside fences is no material. */
export function readPrompt(prompt: Prompt): Reading {
  const blocks = [...prompt.material.matchAll(BLOCK)].map(([, label = '', , text = '']) => ({
    label,
    text,
  }));
  const named = (start: string) => blocks.filter((block) => block.label.startsWith(start));
  const last = named('last draft ');
  return {
    persona:
      lineOf(prompt.system, 'persona') ||
      slug(/^You are ([^,\n]+),/m.exec(prompt.system)?.[1] ?? ''),
    kind: lineOf(prompt.system, 'kind'),
    request: named('request')[0]?.text ?? '',
    files: blocks.flatMap(({ label, text }) => {
      const name = fileNamed(label);
      return name === undefined ? [] : [{ name, text: `${text.trimEnd()}\n` }];
    }),
    fileName: /Name pattern `([\w.-]+)`/.exec(prompt.system)?.[1],
    points: pointsIn(prompt.system),
    wanted: prompt.schema === undefined ? wantedIn(prompt.material) : undefined,
    revision: last.length === 0 ? 1 : revisionIn(last.map((block) => block.text).join('\n')) + 1,
  };
}

/** The name of a file in the material; the text of a document goes by the name it comes back under. */
function fileNamed(label: string): string | undefined {
  const document = /^text of (.+), as read by the program;/.exec(label)?.[1];
  if (document !== undefined) return textName(document);
  return label.startsWith('file ') ? label.slice('file '.length) : undefined;
}

function pointsIn(system: string): readonly string[] {
  const part = /^# Your checklist\n([\s\S]*?)^# /m.exec(system)?.[1] ?? '';
  return [...part.matchAll(/^- ([\w-]+): /gm)].map(([, id = '']) => id);
}

/** What is asked for after the material, outside of every fence. */
function wantedIn(material: string): string | undefined {
  return /^Now write the file (.+): its whole text, and nothing else\.$/m.exec(
    material.replace(BLOCK, ''),
  )?.[1];
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

/** Lower-case words joined by dashes. */
export function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 60).replace(/-+$/, '');
}

function revisionIn(text: string): number {
  return Number(/\(revision (\d+)\)/.exec(text)?.[1] ?? 1);
}
