import { z } from 'zod';
import type { Answer } from '../core/answer.ts';
import { textName } from '../core/document.ts';

/** A file name as drafts know it: folders with `/`, nothing that climbs, hides or surprises a file system. */
const NAME = /^(?!.*\/[./])\w[\w ./()+,@-]{0,119}(?<![/. ])$|^\w$/;
const name = z
  .string()
  .regex(NAME, 'expected a plain file name such as post.md, without .. or a leading /');
const file = z.strictObject({ name, text: z.string().max(2_000_000) });
const lines = z.array(z.string().trim().min(1).max(2000)).max(20);
const check = z.strictObject({
  id: z.string().max(60),
  yes: z.boolean(),
  quote: z.string().max(1000),
  file: z.string().max(120),
});

/**
 * The one answer contract, flat, every field required, so that it can be handed to a model as JSON Schema as it is. A
 * model writes in this order: whether it is its work, then the work, and only then what it has to say about it.
 */
const FIELDS = {
  fit: z.enum(['mine', 'not_mine', 'unclear']),
  belongs_to: z.string().max(60).nullable(),
  deliverable_files: z.array(file).max(50),
  questions: lines,
  assumptions: lines,
};
const LAST = {
  confidence: z.int().min(0).max(100),
  minutes_by_hand: z.int().min(0).max(100_000),
  disclosure_note: z.string().max(1000),
};
const NAMES = { deliverable_files: z.array(z.strictObject({ name })).max(50) };
const CHECKS = { checks: z.array(check).max(40) };

/** What differs: reviewers have a checklist; a small model names the files of a large piece and writes them later. */
export type Shape = { readonly checklist: boolean; readonly inParts: boolean };

export type ParsedAnswer =
  | { readonly is: 'ok'; readonly answer: Answer }
  | { readonly is: 'bad'; readonly issues: readonly string[] };

export type Contract = {
  /** JSON Schema, draft 2020-12. */
  readonly schema: Record<string, unknown>;
  /** Reads what a model wrote; see `parseAnswer`. */
  parse(text: string): ParsedAnswer;
};

const CONTRACTS: readonly (Shape & Contract)[] = [false, true].flatMap((checklist) =>
  [false, true].map((inParts) => ({ checklist, inParts, ...contract({ checklist, inParts }) })),
);

/** The contract of that shape. */
export function contractOf({ checklist, inParts }: Shape): Contract {
  const found = CONTRACTS.find((c) => c.checklist === checklist && c.inParts === inParts);
  if (found === undefined) throw new Error('there is a contract of every shape');
  return found;
}

function contract({ checklist, inParts }: Shape): Contract {
  const checks = checklist ? CHECKS : {};
  const whole = z.strictObject({ ...FIELDS, ...checks, ...LAST });
  const named = z.strictObject({ ...FIELDS, ...NAMES, ...checks, ...LAST });
  return inParts
    ? { schema: z.toJSONSchema(named), parse: (text) => parseAnswer(named.transform(empty), text) }
    : { schema: z.toJSONSchema(whole), parse: (text) => parseAnswer(whole, text) };
}

type Named = { readonly deliverable_files: readonly { readonly name: string }[] };

/** Files whose texts are still to come are empty until then. */
function empty<T extends Named>(answer: T) {
  return {
    ...answer,
    deliverable_files: answer.deliverable_files.map((one) => ({ name: one.name, text: '' })),
  };
}

const FENCED = /^\s*```(?:\w+)?[ \t]*\n([\s\S]*?)\n?```\s*$/;

/**
 * Reads what a model wrote. A Markdown fence around the JSON is taken off, nothing else is guessed: what does not
 * keep to the contract comes back as issues in words, for one repair turn.
 */
function parseAnswer(schema: z.ZodType<Answer>, text: string): ParsedAnswer {
  const bare = FENCED.exec(text)?.[1] ?? text;
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch {
    return bad(`expected one JSON object, got ${bare.trim() === '' ? 'nothing' : 'other text'}`);
  }
  const read = schema.safeParse(value);
  if (!read.success)
    return bad(
      ...read.error.issues.map((i) => `${i.path.map(String).join('.') || 'answer'}: ${i.message}`),
    );
  const answer = withTextNames(read.data);
  const names = answer.deliverable_files.map((one) => one.name.toLowerCase());
  if (new Set(names).size < names.length)
    return bad('deliverable_files: expected each name once, got one twice');
  if (answer.fit === 'mine' && names.length === 0 && answer.questions.length === 0)
    return bad('deliverable_files: expected a file or a question, got neither');
  return { is: 'ok', answer };
}

/** A model writes text alone: under the name of a Word file nobody could open it. */
function withTextNames(answer: Answer): Answer {
  const deliverable_files = answer.deliverable_files.map((one) => ({
    ...one,
    name: textName(one.name),
  }));
  return { ...answer, deliverable_files };
}

function bad(...issues: string[]): ParsedAnswer {
  return { is: 'bad', issues };
}

/** The text of one file as a model wrote it alone: a Markdown fence around the whole is taken off; null when nothing is left. */
export function readFileText(text: string): string | null {
  const fenced = FENCED.exec(text)?.[1];
  // A fence inside means that the first one belongs to the file.
  const bare = fenced === undefined || /^```/m.test(fenced) ? text : fenced;
  const trimmed = bare.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return trimmed === '' ? null : `${trimmed}\n`;
}
