import { z } from 'zod';
import type { Answer } from '../core/answer.ts';

/** A file name as drafts know it: folders with `/`, nothing that climbs, hides or surprises a file system. */
const NAME = /^(?!.*\/[./])\w[\w ./()+,@-]{0,119}(?<![/. ])$|^\w$/;
const file = z.strictObject({
  name: z
    .string()
    .regex(NAME, 'expected a plain file name such as post.md, without .. or a leading /'),
  text: z.string().max(2_000_000),
});
const lines = z.array(z.string().trim().min(1).max(2000)).max(20);

/**
 * The one answer contract of every persona on every lane. Flat, every field required, so that it can be handed to a
 * model as JSON Schema as it is.
 */
export const answerSchema = z.strictObject({
  fit: z.enum(['mine', 'not_mine', 'unclear']),
  belongs_to: z.string().max(60).nullable(),
  deliverable_files: z.array(file).max(50),
  questions: lines,
  assumptions: lines,
  confidence: z.int().min(0).max(100),
  minutes_by_hand: z.int().min(0).max(100_000),
  disclosure_note: z.string().max(1000),
}) satisfies z.ZodType<Answer>;

/** The contract as JSON Schema, draft 2020-12. */
export const answerJsonSchema: Record<string, unknown> = z.toJSONSchema(answerSchema);

export type ParsedAnswer =
  | { readonly is: 'ok'; readonly answer: Answer }
  | { readonly is: 'bad'; readonly issues: readonly string[] };

const FENCED = /^\s*```(?:json)?[ \t]*\n([\s\S]*?)\n```\s*$/;

/**
 * Reads what a model wrote. A Markdown fence around the JSON is taken off, nothing else is guessed: what does not
 * keep to the contract comes back as issues in words, for one repair turn.
 */
export function parseAnswer(text: string): ParsedAnswer {
  const bare = FENCED.exec(text)?.[1] ?? text;
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch {
    return bad(`expected one JSON object, got ${bare.trim() === '' ? 'nothing' : 'other text'}`);
  }
  const read = answerSchema.safeParse(value);
  if (!read.success)
    return bad(
      ...read.error.issues.map((i) => `${i.path.map(String).join('.') || 'answer'}: ${i.message}`),
    );
  const names = read.data.deliverable_files.map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length)
    return bad('deliverable_files: expected each name once, got one twice');
  if (read.data.fit === 'mine' && names.length === 0 && read.data.questions.length === 0)
    return bad('deliverable_files: expected a file or a question, got neither');
  return { is: 'ok', answer: read.data };
}

function bad(...issues: string[]): ParsedAnswer {
  return { is: 'bad', issues };
}
