import { z } from 'zod';
import { MARKS } from '../core/private-marks.ts';
import { CONSEQUENCES, SENSITIVITIES } from '../core/facts.ts';
import { JUDGEMENTS } from '../core/judgement.ts';
import { KIND_PROGRAMS } from '../core/kind.ts';
import { GATES } from '../core/verdict.ts';
import {
  day,
  head,
  kindId,
  line,
  personaId,
  phrases,
  ruleId,
  source,
  type,
  version,
  when,
} from './schema-parts.ts';

/** The shapes of the files that describe work: its kinds, the words they are known by, the minutes they take. */

const workKind = z.strictObject({
  id: kindId,
  ...head,
  sort: z.literal('work').exactOptional(),
  persona: personaId.describe('Who does it; the persona must accept the kind.'),
  second: z
    .strictObject({ persona: personaId, when, because: line })
    .describe('Another persona, where these facts say so.')
    .exactOptional(),
  gate: z.enum(GATES).describe('How drafts of it are checked.'),
  judgement: z
    .enum(JUDGEMENTS)
    .describe('How much judgement it takes, and so, by lanes.yaml, which lane.'),
  consequence: z
    .enum(CONSEQUENCES)
    .describe('The least it can have; cues and settings only raise.'),
  program: z
    .enum(KIND_PROGRAMS)
    .describe('The exact program that does it; without one it never goes to the tool lane.')
    .exactOptional(),
  deliverable: z.strictObject({
    type: type.describe('The ending of what is delivered, or same: as it was brought in.'),
    name: z
      .string()
      .regex(/^[\w.{}-]{1,60}$/, 'expected a file name')
      .describe('Its file name; {stem} and {ext} are those of what was brought in.'),
  }),
  needs: z
    .strictObject({
      files: z.array(type).min(1).describe('One file of these types.').exactOptional(),
      words: z.int().min(1).describe('Or this many words in the request.').exactOptional(),
      pasted: z
        .int()
        .min(1)
        .describe('Or this many words brought along in the request: quoted, or below a colon.')
        .exactOptional(),
    })
    .describe('What must be there before the work can start; without it AIOS asks.'),
});
const otherKind = z.strictObject({
  id: kindId,
  ...head,
  sort: z
    .enum(['human', 'nobody', 'talk'])
    .describe('It makes no task: a person does it, nobody here does, or it is talk.'),
  answer: line.describe('The sentence that answers it.'),
});
export const kindsFile = z.strictObject({
  version,
  kinds: z.array(z.discriminatedUnion('sort', [workKind, otherKind])).min(1),
});

const bySize = z.strictObject({
  small: z.int().min(0),
  medium: z.int().min(0),
  large: z.int().min(0),
});
const size = z
  .strictObject({ words: z.int().min(1), files: z.int().min(1) })
  .describe('The most a task of this size has.');
export const minutesFile = z.strictObject({
  version,
  source,
  sizes: z.strictObject({ small: size, medium: size }),
  minutes: z.array(
    z.strictObject({
      kind: kindId,
      by_hand: bySize.describe('Minutes by hand, by size.'),
      review: bySize.describe('Minutes of review, by size.'),
      basis: line.describe('What the figures rest on.'),
      since: day,
    }),
  ),
});

const raises = z.union([
  z.strictObject({ sensitivity: z.enum(SENSITIVITIES) }),
  z.strictObject({ consequence: z.enum(CONSEQUENCES) }),
  z.strictObject({ suspected: z.enum(SENSITIVITIES) }),
  z.strictObject({ opposed: z.literal('demands') }),
]);
/** Words with `|` between them, or `@name` of a list of `lists`. */
const group = z.union([z.string().regex(/^@[a-z]+$/), phrases]);
const sign = z
  .strictObject({
    words: group.describe('Words, or @name of a list: one must be there.').exactOptional(),
    with: z
      .array(group)
      .min(1)
      .describe('One word of every one of these groups as well.')
      .exactOptional(),
    unless: group.describe('Of these none may be there.').exactOptional(),
    attached: z.array(type).min(1).describe('One file of these types.').exactOptional(),
    marks: z
      .array(z.enum(MARKS))
      .min(1)
      .describe('Forms that are no words, such as a phone number.')
      .exactOptional(),
    least: z.int().min(1).max(20).default(1).describe('How many different ones must be there.'),
    where: z
      .enum(['words', 'files'])
      .default('words')
      .describe('Whether marks are looked for in the words or in what stands in one file.'),
    pasted: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('How many words must have been brought along for the sign to count.'),
  })
  .refine(
    (one) => one.words !== undefined || one.attached !== undefined || one.marks !== undefined,
    'expected words, attached or marks',
  )
  .refine(
    (one) => one.where === 'words' || one.marks !== undefined,
    'expected marks to look for in the files',
  );
export const cuesFile = z.strictObject({
  version,
  kinds: z.array(
    z.strictObject({
      kind: kindId,
      file_types: z.array(type),
      cues: z.array(
        z.strictObject({
          all: z.array(phrases).min(1).describe('One word or phrase of every group must be there.'),
          unless: phrases.describe('Of these none may be there.').exactOptional(),
          points: z.int().min(1).max(99).describe('How much it speaks for the kind, of 100.'),
        }),
      ),
    }),
  ),
  lists: z.record(z.string().regex(/^[a-z]+$/), phrases),
  raising: z.array(
    z.strictObject({
      id: ruleId,
      ...head,
      signs: z.array(sign).min(1),
      raises,
    }),
  ),
  promises: phrases,
  split: z.strictObject({
    context: phrases,
    verbs: phrases,
    orders: phrases,
    file_hints: z.array(z.strictObject({ types: z.array(type), words: phrases })),
  }),
});
