import { z } from 'zod';
import { LANES } from '../core/lane.ts';
import { overreach } from '../core/overreach.ts';
import { GATES } from '../core/verdict.ts';
import { personaId } from './schema-parts.ts';

/** The shape of a persona's front matter. */

const text = z
  .string()
  .trim()
  .min(1, 'expected a sentence')
  .max(400, 'expected at most 400 characters')
  // It stands in the preamble, among the words that every answer is made by.
  .superRefine((value, context) => {
    for (const { says } of overreach(value)) context.addIssue(says);
  });
const pointId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'expected an id like lead-answers');
const question = text.regex(/\?$/, 'expected a question that yes or no answers');
export const frontMatter = z.strictObject({
  id: personaId,
  title: text,
  scope: text,
  accepts: z.array(z.string()).min(1, 'expected at least one kind'),
  declines: z
    .array(
      z.strictObject({
        what: text,
        to: personaId,
        kinds: z.array(z.string()).default([]),
        examples: z.array(text).min(2, 'expected two examples'),
      }),
    )
    .min(3, 'expected three things it declines'),
  lane: z.enum(LANES),
  gate: z.enum(GATES),
  inputs: text,
  questions: z.array(text).min(1, 'expected a question').max(4, 'expected at most four questions'),
  deliverable: text,
  checklist: z
    .array(z.strictObject({ id: pointId, asks: question }))
    .min(8, 'expected 8 to 15 questions')
    .max(15, 'expected 8 to 15 questions')
    .refine(
      (points) => new Set(points.map(({ id }) => id)).size === points.length,
      'expected each id once',
    )
    .default([]),
  version: z.int().min(1),
});
