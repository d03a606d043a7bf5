import type { Held } from '../flow/ports/eraser.ts';
import type { BodyKind } from '../flow/ports/rows.ts';
import type { Target } from './erase-target.ts';

const KINDS: Readonly<Record<BodyKind, string>> = {
  request: 'words of requests',
  piece: 'words of tasks',
  file: 'files, brought in or made',
  prompt: 'prompts',
  answer: 'answers of models',
  report: 'findings of checks',
  note: 'notes',
  reason: 'reasons and answers of people',
  question: 'questions',
  example: 'words kept as examples',
  mapping: 'what placeholders stand for',
  terms: 'words listed for redaction',
  trace: 'reasons of routes',
};

/** What would be erased, by kind, and what stays. */
export function surveyLines(target: Target, held: readonly Held[]): readonly string[] {
  if (target.is === 'person')
    return [
      `${target.title}: name and Slack id. The random id stays, and so does what they wrote.`,
    ];
  const total = held.reduce((sum, one) => sum + one.bodies, 0);
  return [
    `${target.title}: ${texts(total)}`,
    ...held.map(({ kind, bodies, bytes }) => `- ${KINDS[kind]}: ${bodies} (${size(bytes)})`),
    ...(target.is === 'client'
      ? ['- its name, short name and channels, and the buttons that offered it', '- its keys']
      : []),
    ...(target.subject.scope.is === 'task'
      ? ['The words and files of its request stay; --request erases them with all its tasks.']
      : []),
  ];
}

/** How many texts, in words. */
export function texts(count: number): string {
  return count === 1 ? '1 text' : `${count} texts`;
}

function size(bytes: number): string {
  return bytes < 1_000 ? `${bytes} bytes` : `${Math.round(bytes / 1_000)} kB`;
}

/** What an erasing reached, and what it did not. */
export const DONE = [
  'Entries, approvals and checkpoints stand as they were; nobody can confirm a guess at the words any more.',
  'Cards that quoted them are redrawn. Files and other messages in Slack stay there until you delete them there.',
] as const;

/** The commands that make erased texts unreadable in old copies of the database as well. */
export function rotateLines(slug: string | null, held: readonly Held[]): readonly string[] {
  const kept = held.filter((one) => one.bodies > 0);
  if (kept.length === 0) return [];
  // What was heard lay under the practice's key until its client was known.
  const heard = slug === null || kept.some(({ kind }) => kind === 'request');
  return [
    'Copies of the database made before now, and its log on disk, still hold them locked, and AIOS_KEYS still holds the key. To make them unreadable there too:',
    ...(slug === null ? [] : [`  aios keys rotate --client ${slug}`]),
    ...(heard ? ['  aios keys rotate --practice'] : []),
  ];
}
