import type { Answer, AnswerFile } from '../core/answer.ts';
import type { Check } from '../core/checks.ts';
import { isRecord, type Prompt } from './dialect.ts';
import { markAll } from './mark.ts';
import { plantFault } from './plant.ts';
import { readPrompt, type Reading, type Work } from './reading.ts';
import type { Behaviour, ScriptLine } from './script.ts';
import { article } from './work/article.ts';
import { harden } from './work/harden.ts';
import { auditPages } from './work/pages.ts';
import { edit, proofread } from './work/prose.ts';
import { reviewCode } from './work/review.ts';

/** Who does what, by words in the persona's id, else in the kind's; the first that fits. */
const WORKERS: readonly (readonly [RegExp, (reading: Reading) => Work])[] = [
  [/proofread/, proofread],
  [/harden|security/, harden],
  [/accessib|audit|inventory/, auditPages],
  [/review/, reviewCode],
  [/blog|draft|article|post|writer/, article],
  [/edit|rewrit|format/, edit],
];

const NOTE = 'A rehearsal: a stand-in wrote this and no model was asked.';

/** The text a stand-in answers: the contract's JSON, made from the material given, unless the script says otherwise. */
export function compose(prompt: Prompt, line: ScriptLine | undefined): string {
  const behaviour = line?.answer;
  if (behaviour?.as === 'text') return behaviour.text;
  const reading = readPrompt(prompt);
  const answer = answerTo(reading, behaviour);
  if (reading.wanted !== undefined) return textNamed(answer, reading.wanted);
  return JSON.stringify(
    prompt.schema === undefined ? answer : fitted({ ...answer }, prompt.schema),
  );
}

function answerTo(reading: Reading, behaviour: Behaviour | undefined): Answer {
  const empty = reading.points.length === 0 ? EMPTY : { ...EMPTY, checks: [] };
  if (behaviour?.as === 'decline') return { ...empty, fit: 'not_mine', belongs_to: behaviour.to };
  if (behaviour?.as === 'ask') return { ...empty, fit: 'unclear', questions: behaviour.questions };
  const work = workerFor(reading)(reading);
  if (work.files.length === 0) return { ...empty, fit: 'unclear', questions: work.questions };
  const files = behaviour?.as === 'leave_fault' ? plantFault(work.files) : work.files;
  return {
    fit: 'mine',
    belongs_to: null,
    deliverable_files: markAll(files, reading.revision),
    questions: work.questions,
    assumptions: work.assumptions,
    ...(reading.points.length === 0 ? {} : { checks: checksOf(reading, files) }),
    confidence: 70,
    minutes_by_hand: work.minutes,
    disclosure_note: NOTE,
  };
}

/** The plain text of one file, asked for by its name. */
function textNamed({ deliverable_files: files }: Answer, name: string): string {
  return files.find((file) => file.name === name)?.text ?? '';
}

/** Every question of a checklist with the first words of a file, and every third answered by no: to be seen, not to be believed. */
function checksOf({ points, files }: Reading, made: readonly AnswerFile[]): readonly Check[] {
  const file = [...files, ...made].find(({ text }) => text.trim() !== '');
  const quote = file?.text.trim().split('\n')[0]?.slice(0, 200) ?? '';
  return points.map((id, at) => ({ id, yes: at % 3 !== 2, quote, file: file?.name ?? '' }));
}

const EMPTY: Answer = {
  fit: 'mine',
  belongs_to: null,
  deliverable_files: [],
  questions: [],
  assumptions: [],
  confidence: 60,
  minutes_by_hand: 0,
  disclosure_note: NOTE,
};

function workerFor({ persona, kind }: Reading): (reading: Reading) => Work {
  const byPersona = WORKERS.find(([words]) => words.test(persona));
  const found = byPersona ?? WORKERS.find(([words]) => words.test(kind));
  return found?.[1] ?? edit;
}

/** Only the fields the schema names, and an empty value for each it requires that we do not know: another question, another shape. */
function fitted(
  answer: Record<string, unknown>,
  schema: Record<string, unknown>,
): Record<string, unknown> {
  const properties = schema['properties'];
  if (!isRecord(properties)) return answer;
  return Object.fromEntries(
    Object.entries(properties).map(([key, shape]) => [
      key,
      key in answer ? fittedItems(answer[key], shape) : emptyOf(shape),
    ]),
  );
}

/** Of a list of records each with the fields the schema names, e.g. files without their texts. */
function fittedItems(value: unknown, shape: unknown): unknown {
  const items = isRecord(shape) ? shape['items'] : undefined;
  if (!Array.isArray(value) || !isRecord(items)) return value;
  return value.map((item: unknown) => (isRecord(item) ? fitted(item, items) : item));
}

function emptyOf(shape: unknown): unknown {
  if (!isRecord(shape)) return null;
  const choices = shape['enum'];
  if (Array.isArray(choices)) return choices[0] ?? null;
  const empty: Record<string, unknown> = {
    string: '',
    array: [],
    number: 0,
    integer: 0,
    boolean: false,
    object: {},
  };
  return empty[String(shape['type'])] ?? null;
}
