import { z } from 'zod';
import type { FactName, FactSort } from '../core/facts.ts';
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
  .regex(/^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/, 'expected an id like LANE-010')
  .describe(
    'The name of the rule in every record: unique over all files, and never used again for another.',
  );
export const kindId = z
  .string()
  .regex(/^[a-z]+(?:\.[a-z]+(?:-[a-z]+)*)+$/, 'expected an id like draft.blog')
  .describe('Id of a kind of work, as in kinds.yaml.');
export const personaId = z
  .string()
  .regex(/^[a-z]+(?:-[a-z]+)*$/, 'expected an id like blog-drafter')
  .describe('Id of a persona: the name of its file in personas/.');
export const type = z
  .string()
  .regex(/^[a-z0-9]{1,10}$/, 'expected a file type like md, in quotes when it is a number')
  .describe('A file ending in small letters, without the dot.');
export const day = z.iso.date('expected a day like 2026-11-23').describe('A day, as 2026-11-23.');
export const lanes = z
  .array(z.enum(LANES))
  .min(1)
  .describe(
    'tool: an exact program. local: the model on our own machine. seat: the coding seat. senior: the strongest model.',
  );
export const version = z.literal(1, 'expected version: 1').describe('The form of this file.');

export const source = z
  .strictObject({
    document: z
      .string()
      .regex(/^practice\/[a-z-]+\.md$/, 'expected a document like practice/pillars.md')
      .describe('A document of the practice, below rules/.'),
    heading: line.describe('The heading of the section, exactly as it stands there.'),
  })
  .describe(
    'The paragraph of the practice’s own documents it rests on. It must exist; its hash is kept.',
  );
export const head = {
  title: line.describe('What the rule says, in a line that stands in records and answers.'),
  because: line.describe('Why it is so: for whoever asks in ten years.'),
  source,
};

/** Literal words and phrases with `|` between them. */
export const phrases = z
  .string()
  .describe('Literal words and phrases, with | between them, whatever their form.')
  .transform((text, context) => {
    const list = text.split('|').map((phrase) => phrase.trim());
    if (list.every((phrase) => /[\p{L}\p{N}]/u.test(phrase) && phrase.length <= 60)) return list;
    context.addIssue('expected words with | between them, each of 1 to 60 characters');
    return z.NEVER;
  });

/** What a fact is, for whoever writes a condition. */
const FACTS = {
  kind: 'The kind of work.',
  judgement: 'How much judgement the kind takes: none, routine, craft, senior.',
  sensitivity:
    'ordinary, or confidential: personal data, health, credentials, law, unpublished money.',
  consequence:
    'low: internal or reversible. medium: a client sees it. high: money, production, security, law, public claims.',
  suspected:
    'What there is a hint of and nobody has said yet. Absent without a hint: then only `not_in` holds.',
  words: 'Words of the piece and of its text files.',
  pasted: 'Words brought along in the request itself: quoted, fenced, or below a colon.',
  files: 'How many files it brings.',
  fileTypes:
    'The types of its files: `is` and `in` hold when one of them is there, `not_in` when none is.',
  confidence: 'How sure the reading of the kind is, 0 to 100; 100 when a person named it.',
  lane: 'A lane that a person named. Absent when nobody did: then only `not_in` holds.',
  persona: 'A persona that a person named. Absent when nobody did: then only `not_in` holds.',
  rounds: 'How often the task was sent back.',
  cloud: 'What the owner said about cloud lanes for this client; unset until asked.',
  follows: 'piece: it works on what another piece of the request brings. Absent otherwise.',
  promised:
    'files: the words speak of something that is not there; waived: a person said to go on without. Absent otherwise.',
  opposed:
    'demands: two things that are asked for exclude each other; waived: a person said how that is meant. Absent otherwise.',
  asker:
    'Whose words these are; absent, they count as those of a colleague, and only `not_in` holds.',
} as const satisfies Record<FactName, string>;

const names = (of: readonly string[] | undefined): z.ZodType<string> =>
  of === undefined ? z.string().min(1) : z.enum(of as [string, ...string[]]);

function condition(sort: FactSort): z.ZodType {
  if (sort.is === 'number') {
    const size = z.int().min(sort.least).max(sort.most).exactOptional();
    return some(z.strictObject({ at_least: size, at_most: size }));
  }
  const one = sort.is === 'list' ? type : names(sort.of);
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

export const when = z
  .strictObject(
    Object.fromEntries(
      FACT_NAMES.map((name) => [
        name,
        condition(VOCABULARY[name]).describe(FACTS[name]).exactOptional(),
      ]),
    ),
  )
  .describe('Conditions on facts; all must hold. {} always does.') as unknown as z.ZodType<When>;

/** The value a fact may have in an example. */
function factValue(sort: FactSort): z.ZodType {
  if (sort.is === 'number') return z.int().min(sort.least).max(sort.most);
  return sort.is === 'list' ? z.array(type) : names(sort.of);
}
export const facts = z
  .strictObject(
    Object.fromEntries(
      FACT_NAMES.map((name) => [
        name,
        factValue(VOCABULARY[name]).describe(FACTS[name]).exactOptional(),
      ]),
    ),
  )
  .describe(
    'Facts of a task. What is not named is: ordinary, low, 100 words, all of them brought along, 1 html file, confidence 100, cloud allowed.',
  );
export const example = <T extends z.ZodType>(expect: T) =>
  z
    .strictObject({ facts, expect })
    .describe('A decision that must fall so: it is tried whenever the rules are read.');

/** Examples that a rule must decide so. */
export const cases = <T extends z.ZodType>(expect: T) =>
  z
    .array(example(expect))
    .min(1, 'expected at least one example')
    .describe('Decisions that must fall so; at least one.');
