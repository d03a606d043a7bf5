import { STAYS } from '../core/consult.ts';
import type { EntryType } from '../core/entry-type.ts';
import { CLOUD_ANSWERS } from '../core/facts.ts';
import { FAULT_CODES } from '../core/fault.ts';
import type { Fields } from './field.ts';
import { each, listOf, oneOf, optional, orNull, recordOf, RULE, SIGNED, WHOLE } from './field.ts';
import { LANE } from './route-fields.ts';

export const CLOUD = oneOf(CLOUD_ANSWERS);

/** How much more it may cost at worst on the next lane, null where nobody knows. */
const DEARER: Fields = {
  difference_nano: orNull(SIGNED),
  basis: oneOf(['estimate', 'rehearsal', 'unpriced']),
};

/**
 * What the cascade rules were consulted on: how often the gate had sent the task back, what counts of its attempts on this
 * lane, newest first, and what the owner said of the client then. Its other facts stand with its route.
 */
const CONSULTED: Fields = {
  send_backs: WHOLE,
  outcomes: listOf(oneOf(['ok', ...FAULT_CODES])),
  cloud: CLOUD,
};

/** That the cascade rules were consulted and the task stayed on its lane: why, and the rule and lane it would have gone by. */
export const STAYED = optional(
  recordOf({
    lane: LANE,
    ...CONSULTED,
    why: oneOf(STAYS),
    ...each({ rule: RULE, to: LANE, ...DEARER }),
  }),
);

export const CASCADE_FIELDS = {
  /** A cascade rule took it to a dearer lane. What it was consulted on was not said before it could be replayed. */
  'task.escalated': { from_lane: LANE, ...DEARER, ...each(CONSULTED) },
} as const satisfies Partial<Record<EntryType, Fields>>;
