import { z } from 'zod';
import type { Moment } from '../core/moment.ts';
import { moment } from '../core/moment.ts';

/** The parts of which the shapes of the files of money are made. */

/** USD with at most six decimals, turned into whole millionths without passing through a float. */
export const usd = z.union([z.number(), z.string()]).transform((value, context) => {
  const found = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(String(value));
  if (found === null) {
    context.addIssue('expected USD with at most six decimals');
    return z.NEVER;
  }
  return Number(found[1]) * 1_000_000 + Number((found[2] ?? '').padEnd(6, '0'));
});

export const currency = z.literal('USD', 'expected USD; AIOS books in no other currency');

export const priceId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');

export const day = z.iso.date('expected a day like 2026-09-22');

/** Where a figure comes from, and the day a person last compared it with that. */
export const checkedAt = { source: z.string().min(1), checked_on: day };

/** A day of a file begins at 00:00 UTC. */
export function startOn(text: string): Moment {
  return moment(Date.parse(`${text}T00:00:00Z`));
}
