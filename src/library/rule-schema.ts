import { z } from 'zod';
import { LANES } from '../core/lane.ts';
import { WEEKDAYS } from '../core/quiet.ts';
import { PROPOSERS } from '../core/rule-set.ts';
import { ASK_ABOUT } from '../core/rule.ts';
import { GATES } from '../core/verdict.ts';
import { cases, day, head, lanes, line, personaId, ruleId, version, when } from './schema-parts.ts';

/** The shapes of the files that decide. Strict everywhere: a key nobody reads is a mistake somebody made. */

/** No limit can know that work got stuck. */
const FORCED = ASK_ABOUT.filter((about) => about !== 'stuck');

export const limitsFile = z.strictObject({
  version,
  limits: z
    .array(
      z.strictObject({
        id: ruleId,
        ...head,
        when,
        // Nothing else can stand here: a limit forbids lanes or forces a question, and cannot open anything.
        do: z
          .strictObject({
            forbid: lanes.exactOptional(),
            ask: z
              .enum(FORCED)
              .describe(
                'Alone it always asks; with forbid only where a rule wants a forbidden lane.',
              )
              .exactOptional(),
          })
          .refine(
            ({ forbid, ask }) => forbid !== undefined || ask !== undefined,
            'expected forbid or ask',
          )
          .describe('What it does: forbid lanes, force a question, or both.'),
        examples: cases(z.boolean().describe('Whether the limit applies to these facts.')),
      }),
    )
    .describe('The limits: all that match apply.'),
});

export const lanesFile = z.strictObject({
  version,
  lanes: z
    .array(
      z.strictObject({
        id: ruleId,
        ...head,
        owner: line.describe('Who answers for the rule.'),
        since: day.describe('The day since which it says what it says.'),
        when,
        do: z
          .strictObject({
            lane: z.enum(LANES).describe('Where the work goes, unless a limit forbids it.'),
            persona: personaId.describe('Instead of the persona of the kind.').exactOptional(),
            gate: z.enum(GATES).describe('Instead of the gate of the kind.').exactOptional(),
          })
          .describe('What it decides.'),
        examples: cases(ruleId),
      }),
    )
    .describe(
      'The lane rules, in order: the first that matches and that no limit forbids decides.',
    ),
  otherwise: z
    .strictObject({ id: ruleId, ...head })
    .describe('What decides when no rule does: always to ask.'),
});

export const startFile = z.strictObject({
  version,
  settings: z
    .strictObject({
      requester_cap_usd: z
        .number()
        .min(0)
        .max(100_000)
        .multipleOf(0.01, 'expected whole cents, such as 2 or 2.50')
        .describe(
          'Dollars a requester may start without an approver, where no client says otherwise.',
        ),
      unasked_from: z
        .strictObject({
          approved: z.int().min(0).max(1000).describe('Drafts of the kind that were approved.'),
          unchanged: z.int().min(0).max(100).describe('Of 100 of these, how many unchanged.'),
        })
        .describe('The least record of a kind that may start without a click.'),
    })
    .describe('How much a requester may start alone, and what may start without a click.'),
  starts: z
    .array(
      z.strictObject({
        id: ruleId,
        ...head,
        enabled: z.boolean().describe('Whether the rule is in force.'),
        when,
        do: z
          .strictObject({
            lanes,
            unasked: z.boolean().describe('true: the task starts without a click.'),
          })
          .describe('What it decides, and for which lanes.'),
      }),
    )
    .describe('The start rules, in order: the first in force that speaks of the lane decides.'),
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
  remind_after_hours: z.int().min(1).max(1000).describe('Hours before a question reminds.'),
  expire_after_days: z.int().min(1).max(365).describe('Days before a question expires.'),
};

export const askingFile = z.strictObject({
  version,
  settings: z.strictObject({
    offered: z.int().min(1).max(4).describe('How many kinds are offered as buttons.'),
    ...waits,
    quiet_hours: quietHours.describe('When nothing that a clock begins is said.').exactOptional(),
    propose: z
      .enum(PROPOSERS)
      .describe('Whether a model of our own proposes the kind of an unclear request.'),
  }),
  asks: z.array(
    z.strictObject({
      id: ruleId,
      ...head,
      about: z.enum(ASK_ABOUT).describe('What is asked about.'),
      question: line.describe('The question as a person reads it.'),
      remind_after_hours: waits.remind_after_hours.exactOptional(),
      expire_after_days: waits.expire_after_days.exactOptional(),
    }),
  ),
});

/** What fits beside a box in Slack: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const LONGEST_POINT = 75;
const point = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z]+(?:-[a-z]+)*$/, 'expected an id like accuracy')
    .describe('Under which the answer is recorded; unique in its checklist.'),
  text: line
    .max(LONGEST_POINT, `expected at most ${LONGEST_POINT} characters`)
    .describe('What an approver confirms by ticking it.'),
});

export const approvingFile = z.strictObject({
  version,
  checklists: z
    .array(
      z.strictObject({
        id: ruleId,
        ...head,
        when,
        means: line.describe('What approving means, said above the points.'),
        points: z
          .array(point)
          .min(2, 'expected at least two points')
          .max(5, 'expected at most five points')
          .describe('Two to five points; none is ticked for anybody.'),
        examples: cases(
          z.union([z.literal('none'), ruleId]).describe('The checklist asked for, or none.'),
        ),
      }),
    )
    .describe('The checklists, in order: the first that matches is asked.'),
});

export const plain = z.array(z.strictObject({ id: ruleId, ...head }));
export const gatesFile = z.strictObject({
  version,
  settings: z.strictObject({
    rounds: z.int().min(0).max(5).describe('How often the gate may send work back.'),
  }),
  gates: plain,
});
