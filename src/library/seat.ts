import { z } from 'zod';
import { Fault } from '../core/fault.ts';
import { nanoUsd } from '../core/money.ts';
import type { SeatTerms } from '../core/seat.ts';
import { checkedAt, currency, day, priceId, startOn, usd } from './price-parts.ts';
import { makeProblems } from './problems.ts';
import { checked, readYaml } from './yaml-file.ts';

const terms = z.strictObject({
  id: priceId,
  valid_from: day.refine((text) => text.endsWith('-01'), 'expected the first day of a month'),
  plan: z.string().min(1),
  fee: usd.describe('USD a month, all seats together.'),
  included_credits: z
    .int()
    .min(0)
    .max(1_000_000)
    .describe('Credits in the fee. What is only promised now and then is not entered.'),
  overage_per_credit: usd.describe(
    'USD for a credit past the included ones; 0 where none can be bought.',
  ),
  list_per_credit: usd.describe('USD a credit is worth at list price, for comparison.'),
  flat: z.boolean().default(false).describe('Nothing is metered: the fee is all there is.'),
  ...checkedAt,
});

/** The shape of `rules/seat.yaml`. */
export const seatFile = z.strictObject({
  currency,
  terms: z.array(terms).superRefine((rows, context) => {
    rows.forEach((row, i) => {
      for (const key of ['id', 'valid_from'] as const)
        if (rows.findIndex((other) => other[key] === row[key]) < i)
          context.addIssue({
            code: 'custom',
            message: `expected a ${key} of its own; other terms have this one`,
            path: [i, key],
          });
    });
  }),
});

/** The terms of the seat in a YAML text; `file` is only named in errors. Throws Fault `bad_rules` with everything wrong at once. */
export function readSeat(text: string, file: string): readonly SeatTerms[] {
  const problems = makeProblems();
  const yaml = readYaml(file, text, { problems });
  const read = yaml === undefined ? undefined : checked(seatFile, yaml, problems);
  problems.refuse();
  if (read === undefined)
    throw new Fault('bad_rules', `${file}:1:1: expected the terms of a seat.`);
  return read.terms.map(toTerms);
}

/** Millionths of a USD are 1,000 nano-USD each. */
function toTerms(read: z.output<typeof terms>): SeatTerms {
  const { id, plan, flat, source } = read;
  return {
    id,
    validFrom: startOn(read.valid_from),
    plan,
    fee: nanoUsd(read.fee * 1000),
    included: read.included_credits * 1_000_000_000,
    overage: nanoUsd(read.overage_per_credit * 1000),
    list: nanoUsd(read.list_per_credit * 1000),
    flat,
    source,
    checkedOn: read.checked_on,
  };
}
