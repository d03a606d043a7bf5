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
  persona: personaId,
  second: z.strictObject({ persona: personaId, when, because: line }).exactOptional(),
  gate: z.enum(GATES),
  judgement: z.enum(JUDGEMENTS),
  consequence: z.enum(CONSEQUENCES),
  program: z.enum(KIND_PROGRAMS).exactOptional(),
  deliverable: z.strictObject({
    type,
    name: z.string().regex(/^[\w.{}-]{1,60}$/, 'expected a file name'),
  }),
  needs: z.strictObject({
    files: z.array(type).min(1).exactOptional(),
    words: z.int().min(1).exactOptional(),
    pasted: z.int().min(1).exactOptional(),
  }),
});
const otherKind = z.strictObject({
  id: kindId,
  ...head,
  sort: z.enum(['human', 'nobody', 'talk']),
  answer: line,
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
const size = z.strictObject({ words: z.int().min(1), files: z.int().min(1) });
export const minutesFile = z.strictObject({
  version,
  source,
  sizes: z.strictObject({ small: size, medium: size }),
  minutes: z.array(
    z.strictObject({ kind: kindId, by_hand: bySize, review: bySize, basis: line, since: day }),
  ),
});

const raises = z.union([
  z.strictObject({ sensitivity: z.enum(SENSITIVITIES) }),
  z.strictObject({ consequence: z.enum(CONSEQUENCES) }),
  z.strictObject({ suspected: z.enum(SENSITIVITIES) }),
]);
/** Words with `|` between them, or `@name` of a list of `lists`. */
const group = z.union([z.string().regex(/^@[a-z]+$/), phrases]);
const sign = z
  .strictObject({
    words: group.exactOptional(),
    with: z.array(group).min(1).exactOptional(),
    unless: group.exactOptional(),
    attached: z.array(type).min(1).exactOptional(),
    marks: z.array(z.enum(MARKS)).min(1).exactOptional(),
    least: z.int().min(1).max(20).default(1),
    pasted: z.int().min(0).max(1000).default(0),
  })
  .refine(
    (one) => one.words !== undefined || one.attached !== undefined || one.marks !== undefined,
    'expected words, attached or marks',
  );
export const cuesFile = z.strictObject({
  version,
  kinds: z.array(
    z.strictObject({
      kind: kindId,
      file_types: z.array(type),
      cues: z.array(
        z.strictObject({
          all: z.array(phrases).min(1),
          unless: phrases.exactOptional(),
          points: z.int().min(1).max(99),
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
