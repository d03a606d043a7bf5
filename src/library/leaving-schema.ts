import { z } from 'zod';
import { LANES } from '../core/lane.ts';
import { SECRETS } from '../core/lane-terms.ts';
import { day, head, line, ruleId, version } from './schema-parts.ts';

const terms = z.strictObject({
  lane: z.enum(LANES).describe('The lane these terms are of.'),
  by: line.describe('Who works there, as a client is told.'),
  where: line.describe('Where the material goes.'),
  retention: line.describe('How long what was sent is kept there.'),
  training: line.describe('Whether models learn from it.'),
  source: line.describe('Where that stands: an address, or a page of the docs.'),
  checked_on: day.describe('The day it was last read there.'),
  not_checked: line.describe('What nobody here has seen with their own eyes.').exactOptional(),
});

/** What leaves the machine: the rules behind it, and the terms of each lane as a client is told them. */
export const leavingFile = z.strictObject({
  version,
  settings: z.strictObject({
    secrets: z
      .enum(SECRETS)
      .describe('mask: secrets are masked and the card says so. ask: a person is asked first.'),
  }),
  leaving: z
    .array(z.strictObject({ id: ruleId, ...head }))
    .describe('The rules that the program names when work leaves the machine.'),
  lanes: z
    .array(terms)
    .refine(
      (all) => LANES.every((lane) => all.filter((one) => one.lane === lane).length === 1),
      `expected the terms of each lane once: ${LANES.join(', ')}`,
    )
    .describe('The terms of each lane, for the engagement notice of a client.'),
});
