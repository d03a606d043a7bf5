import type { Answer } from '../core/answer.ts';
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
  const answer = answerTo(readPrompt(prompt), behaviour);
  return JSON.stringify(
    prompt.schema === undefined ? answer : fitted({ ...answer }, prompt.schema),
  );
}

function answerTo(reading: Reading, behaviour: Behaviour | undefined): Answer {
  if (behaviour?.as === 'decline') return { ...EMPTY, fit: 'not_mine', belongs_to: behaviour.to };
  if (behaviour?.as === 'ask') return { ...EMPTY, fit: 'unclear', questions: behaviour.questions };
  const work = workerFor(reading)(reading);
  if (work.files.length === 0) return { ...EMPTY, fit: 'unclear', questions: work.questions };
  const files = behaviour?.as === 'leave_fault' ? plantFault(work.files) : work.files;
  return {
    fit: 'mine',
    belongs_to: null,
    deliverable_files: markAll(files, reading.revision),
    questions: work.questions,
    assumptions: work.assumptions,
    confidence: 70,
    minutes_by_hand: work.minutes,
    disclosure_note: NOTE,
  };
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
      key in answer ? answer[key] : emptyOf(shape),
    ]),
  );
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
