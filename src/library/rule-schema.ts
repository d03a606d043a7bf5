import { z } from 'zod';
import { LANES } from '../core/lane.ts';
import { WEEKDAYS } from '../core/quiet.ts';
import { PROPOSERS } from '../core/rule-set.ts';
import { ASK_ABOUT } from '../core/rule.ts';
import { GATES } from '../core/verdict.ts';
import {
  day,
  example,
  head,
  lanes,
  line,
  personaId,
  ruleId,
  version,
  when,
} from './schema-parts.ts';

/** The shapes of the files that decide. Strict everywhere: a key nobody reads is a mistake somebody made. */

/** No limit can know that work got stuck. */
const FORCED = ASK_ABOUT.filter((about) => about !== 'stuck');

export const limitsFile = z.strictObject({
  version,
  limits: z.array(
    z.strictObject({
      id: ruleId,
      ...head,
      when,
      // Nothing else can stand here: a limit forbids lanes or forces a question, and cannot open anything.
      do: z
        .strictObject({ forbid: lanes.exactOptional(), ask: z.enum(FORCED).exactOptional() })
        .refine(
          ({ forbid, ask }) => forbid !== undefined || ask !== undefined,
          'expected forbid or ask',
        ),
      examples: z.array(example(z.boolean())).min(1, 'expected at least one example'),
    }),
  ),
});

export const lanesFile = z.strictObject({
  version,
  lanes: z.array(
    z.strictObject({
      id: ruleId,
      ...head,
      owner: line,
      since: day,
      when,
      do: z.strictObject({
        lane: z.enum(LANES),
        persona: personaId.exactOptional(),
        gate: z.enum(GATES).exactOptional(),
      }),
      examples: z.array(example(ruleId)).min(1, 'expected at least one example'),
    }),
  ),
  otherwise: z.strictObject({ id: ruleId, ...head }),
});

export const startFile = z.strictObject({
  version,
  settings: z.strictObject({
    requester_cap_usd: z
      .number()
      .min(0)
      .max(100_000)
      .multipleOf(0.01, 'expected whole cents, such as 2 or 2.50'),
    unasked_from: z.strictObject({
      approved: z.int().min(0).max(1000),
      unchanged: z.int().min(0).max(100),
    }),
  }),
  starts: z.array(
    z.strictObject({
      id: ruleId,
      ...head,
      enabled: z.boolean(),
      when,
      do: z.strictObject({ lanes, unasked: z.boolean() }),
    }),
  ),
});

const time = z
  .string('expected a time of day like 19:00, in quotes')
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'expected a time of day from 00:00 to 23:59');
const quietHours = z
  .strictObject({
    from: time,
    to: time,
    days: z
      .array(z.enum(WEEKDAYS))
      .max(WEEKDAYS.length - 1, 'expected at least one day on which something can be said')
      .refine((days) => new Set(days).size === days.length, 'expected each day once'),
  })
  .refine(
    ({ from, to }) => from !== to,
    'expected two different times, got the same. Leave quiet_hours out, and nothing is quiet',
  );
const waits = {
  remind_after_hours: z.int().min(1).max(1000),
  expire_after_days: z.int().min(1).max(365),
};

export const askingFile = z.strictObject({
  version,
  settings: z.strictObject({
    offered: z.int().min(1).max(4),
    ...waits,
    quiet_hours: quietHours.exactOptional(),
    propose: z.enum(PROPOSERS),
  }),
  asks: z.array(
    z.strictObject({
      id: ruleId,
      ...head,
      about: z.enum(ASK_ABOUT),
      question: line,
      remind_after_hours: waits.remind_after_hours.exactOptional(),
      expire_after_days: waits.expire_after_days.exactOptional(),
    }),
  ),
});

/** What fits beside a box in Slack: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const LONGEST_POINT = 75;
const point = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/, 'expected an id like accuracy'),
  text: line.max(LONGEST_POINT, `expected at most ${LONGEST_POINT} characters`),
});

export const approvingFile = z.strictObject({
  version,
  checklists: z.array(
    z.strictObject({
      id: ruleId,
      ...head,
      when,
      means: line,
      points: z
        .array(point)
        .min(2, 'expected at least two points')
        .max(5, 'expected at most five points'),
      examples: z
        .array(example(z.union([z.literal('none'), ruleId])))
        .min(1, 'expected at least one example'),
    }),
  ),
});

const plain = z.array(z.strictObject({ id: ruleId, ...head }));
export const gatesFile = z.strictObject({
  version,
  settings: z.strictObject({ rounds: z.int().min(0).max(5) }),
  gates: plain,
});
export const lifeFile = z.strictObject({
  version,
  settings: z.strictObject({ hand_offs: z.int().min(0).max(5) }),
  life: plain,
});
