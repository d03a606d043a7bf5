import { z } from 'zod';
import { plain } from './rule-schema.ts';
import { version } from './schema-parts.ts';

/** The shape of `life.yaml`: the steps the system takes on its own, and how often and when. */
export const lifeFile = z.strictObject({
  version,
  settings: z.strictObject({
    hand_offs: z.int().min(0).max(5).describe('How often a persona may hand a task on.'),
    attempts: z.int().min(1).max(20).describe('How often work on a task may be begun.'),
    same_failures: z
      .int()
      .min(2)
      .max(20)
      .describe('The same failure so often in a row ends the tries, and a person is asked.'),
    waits: z
      .strictObject({
        first_seconds: z.int().min(1).max(600).describe('Before the second try.'),
        longest_seconds: z.int().min(1).max(3600).describe('Waits double up to this.'),
      })
      .describe('How long is waited between tries, where the service names no time.'),
    breaker: z
      .strictObject({
        faults: z.int().min(2).max(20).describe('Faults in a row that say a lane is down.'),
        first_pause_seconds: z.int().min(1).max(3600).describe('Before it is tried again.'),
        longest_pause_minutes: z.int().min(1).max(1440).describe('Pauses double up to this.'),
      })
      .describe('When nothing is sent to a lane for a while.'),
  }),
  life: plain,
});
