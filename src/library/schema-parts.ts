import { z } from 'zod';
import type { FactSort } from '../core/facts.ts';
import { FACT_NAMES, VOCABULARY } from '../core/facts.ts';
import { LANES } from '../core/lane.ts';
import type { When } from '../core/rule.ts';

/** The parts of which the shapes of rules files are made. */

export const line = z
  .string()
  .trim()
  .min(1, 'expected a sentence')
  .max(300, 'expected at most 300 characters');
export const ruleId = z
  .string()
  .regex(/^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/, 'expected an id like LANE-010');
export const kindId = z
  .string()
  .regex(/^[a-z]+(?:\.[a-z]+(?:-[a-z]+)*)+$/, 'expected an id like draft.blog');
export const personaId = z
  .string()
  .regex(/^[a-z]+(?:-[a-z]+)*$/, 'expected an id like blog-drafter');
export const type = z
  .string()
  .regex(/^[a-z0-9]{1,10}$/, 'expected a file type like md, in quotes when it is a number');
export const day = z.iso.date('expected a day like 2026-11-23');
export const lanes = z.array(z.enum(LANES)).min(1);
export const version = z.literal(1, 'expected version: 1');

export const source = z.strictObject({
  document: z
    .string()
    .regex(/^practice\/[a-z-]+\.md$/, 'expected a document like practice/pillars.md'),
  heading: line,
});
export const head = { title: line, because: line, source };

/** Literal words and phrases with `|` between them. */
export const phrases = z.string().transform((text, context) => {
  const list = text.split('|').map((phrase) => phrase.trim());
  if (list.every((phrase) => /[\p{L}\p{N}]/u.test(phrase) && phrase.length <= 60)) return list;
  context.addIssue('expected words with | between them, each of 1 to 60 characters');
  return z.NEVER;
});

const names = (of: readonly string[] | undefined): z.ZodType<string> =>
  of === undefined ? z.string().min(1) : z.enum(of as [string, ...string[]]);

function condition(sort: FactSort): z.ZodType {
  if (sort.is === 'number') {
    const size = z.int().min(sort.least).max(sort.most).exactOptional();
    return some(z.strictObject({ at_least: size, at_most: size }));
  }
  const one = names(sort.is === 'list' ? undefined : sort.of);
  const many = z.array(one).min(1).exactOptional();
  const equal = { is: one.exactOptional(), in: many, not_in: many };
  if (sort.is !== 'order') return some(z.strictObject(equal));
  const bound = one.exactOptional();
  return some(z.strictObject({ ...equal, at_least: bound, at_most: bound }));
}

function some(schema: z.ZodType<Record<string, unknown>>): z.ZodType {
  return schema.refine(
    (given) => Object.keys(given).length > 0,
    'expected an operator like in or at_most',
  );
}

export const when = z.strictObject(
  Object.fromEntries(FACT_NAMES.map((name) => [name, condition(VOCABULARY[name]).exactOptional()])),
) as unknown as z.ZodType<When>;

/** The value a fact may have in an example. */
function factValue(sort: FactSort): z.ZodType {
  if (sort.is === 'number') return z.int().min(sort.least).max(sort.most);
  return sort.is === 'list' ? z.array(z.string()) : names(sort.of);
}
export const facts = z.strictObject(
  Object.fromEntries(FACT_NAMES.map((name) => [name, factValue(VOCABULARY[name]).exactOptional()])),
);
export const example = <T extends z.ZodType>(expect: T) => z.strictObject({ facts, expect });
