import { z } from 'zod';
import { FAULT_CODES } from '../core/fault.ts';
import { FAULT_PLANS } from '../core/fault-plan.ts';
import { isDearer, LANES } from '../core/lane.ts';
import { facts, head, ruleId, version, when } from './schema-parts.ts';

/** The shape of `cascade.yaml`: when a task that got stuck goes on to the next lane by itself. */

const COUNT = z.int().min(1).max(5);
const STUCK_CODES = FAULT_CODES.filter((code) =>
  ['retry', 'repair', 'ask'].includes(FAULT_PLANS[code].step),
);
const code = z.enum(STUCK_CODES);

const after = z
  .union([
    z.strictObject({ send_backs: COUNT.describe('How often the gate sent it back.') }),
    z.strictObject({
      faults: z.array(code).min(1).describe('Faults that count.'),
      times: COUNT.describe('How many of them in a row.'),
    }),
  ])
  .describe('What must have happened on the lane before.');

export const cascadeFile = z.strictObject({
  version,
  settings: z.strictObject({
    unasked_up_to_usd: z
      .number()
      .min(0)
      .max(1000)
      .multipleOf(0.01, 'expected whole cents, such as 0.50')
      .describe('What a rule may spend more than before; above it an approver clicks.'),
  }),
  cascades: z
    .array(
      z.strictObject({
        id: ruleId,
        ...head,
        when,
        after,
        do: z
          .strictObject({
            from: z.enum(LANES).describe('The lane on which the task got stuck.'),
            to: z.enum(LANES).describe('The lane it goes on to; always a dearer one.'),
          })
          .refine(
            ({ from, to }) => isDearer(from, to),
            `expected a dearer lane to go to (${LANES.join(' < ')}), got one that is not`,
          )
          .describe('Where from, and where to.'),
        examples: z
          .array(
            z
              .strictObject({
                facts,
                lane: z.enum(LANES).describe('Where the task is.'),
                send_backs: z.int().min(0).max(100).exactOptional(),
                outcomes: z
                  .array(z.enum(['ok', ...FAULT_CODES]))
                  .describe('What became of its attempts, newest first.')
                  .exactOptional(),
                expect: z
                  .union([z.literal('stays'), ruleId])
                  .describe('The rule that takes it on, or stays.'),
              })
              .describe('A decision that must fall so: it is tried whenever the rules are read.'),
          )
          .min(1, 'expected at least one example'),
      }),
    )
    .describe('The cascade rules, in order: the first that matches and that no limit closes.'),
});
