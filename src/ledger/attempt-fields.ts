import type { EntryType } from '../core/entry-type.ts';
import { PURPOSES } from '../core/lane.ts';
import { STAYED } from './cascade-fields.ts';
import type { Fields } from './field.ts';
import {
  BODY,
  each,
  HASH,
  ID,
  listOf,
  NAME,
  oneOf,
  optional,
  orNull,
  recordOf,
  RULE,
  SHORT_HASH,
  WHOLE,
  YES_NO,
} from './field.ts';
import { LEFT } from './leaving-fields.ts';

/** What a call can come to at most, in the units of budgets: what was reserved for it. Null where nobody knows. */
const WORST = recordOf({
  cash: orNull(WHOLE),
  credits: orNull(WHOLE),
  tokens: orNull(WHOLE),
  minutes: orNull(WHOLE),
});

/** What the `data` of an entry about a call holds: what it was asked with, and what it came to. */
export const ATTEMPT_FIELDS = {
  'attempt.started': {
    purpose: oneOf(PURPOSES),
    number: WHOLE,
    round: WHOLE,
    prompt: BODY,
    /** The bodies of the files that went along with it. */
    context: optional(listOf(ID)),
    model_requested: orNull(NAME),
    params_sha256: HASH,
    worst: optional(WORST),
    ...LEFT,
  },
  'attempt.ended': {
    outcome: NAME,
    purpose: oneOf(PURPOSES),
    basis: oneOf(['reported', 'computed', 'allocated', 'rehearsal', 'unpriced']),
    ...each({
      provider: NAME,
      model_requested: NAME,
      provider_request_id: orNull(NAME),
      stop: oneOf(['end', 'length', 'refusal']),
      tokens: recordOf({ input: WHOLE, cache_read: WHOLE, cache_write: WHOLE, output: WHOLE }),
      compute_ms: WHOLE,
      latency_ms: WHOLE,
      /** How likely the model held its own words on average, in ten-thousandths; only where its server says so. */
      token_probability: WHOLE,
      rehearsal: YES_NO,
      /** Both together are the cost of the entry; `list` is for comparison and in no sum. */
      cash: WHOLE,
      allocated: WHOLE,
      list: orNull(WHOLE),
      /** What a stand-in's call would have cost: no money, and in no sum. */
      played: recordOf({ cash: WHOLE, allocated: WHOLE }),
      /** 10^-9 credits of the seat, and those of its month before this call. */
      credits: WHOLE,
      credits_before: WHOLE,
      tier: NAME,
      speed: NAME,
      price: orNull(NAME),
      price_sha256: orNull(HASH),
      ratios: listOf(HASH),
      answer: BODY,
      /** Which failure it was: the same fault with the same sentence has the same. */
      failure: SHORT_HASH,
      /** What the server asked for, within bounds. */
      retry_after_ms: WHOLE,
      /** By which rule it counts against budgets at its worst, where nobody knows what it came to. */
      counting: RULE,
      /** Of a proposal: the question it is about, and the kind of work that the model named. */
      question: ID,
      vote: NAME,
    }),
    stayed: STAYED,
  },
} as const satisfies Partial<Record<EntryType, Fields>>;
