import type { Notice } from '../notices.ts';
import type { Wire } from '../wire/wire.ts';
import { makeEars, type Ears } from './ears.ts';
import { makeEyes, type Eyes } from './eyes.ts';
import { makeHands, type Hands } from './hands.ts';
import { makeMischief, type Mischief } from './mischief.ts';

/**
 * The hands, eyes and ears of the people in the workspace: the one driver of tests and demo. What a person cannot see
 * or press here, they cannot in Slack.
 */
export type HumanDriver = Hands &
  Eyes &
  Ears & {
    /** The latest things that happened since the workspace opened, oldest first. */
    log(): readonly Notice[];
    /** What a test makes go wrong on the wire. */
    readonly faults: Mischief;
  };

const LOG_LENGTH = 10_000;

/** Makes the driver of one workspace. */
export function makeDriver(wire: Wire): HumanDriver {
  const log: Notice[] = [];
  wire.bus.listen((notice) => {
    log.push(notice);
    if (log.length > LOG_LENGTH) log.splice(0, LOG_LENGTH / 2);
  });
  return {
    ...makeHands(wire),
    ...makeEyes(wire),
    ...makeEars(wire),
    log: () => log,
    faults: makeMischief(wire),
  };
}
