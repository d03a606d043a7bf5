import {
  ASKERS,
  CLOUD_ANSWERS,
  CONSEQUENCES,
  FOLLOWS,
  ORIGINS,
  PROMISED,
  SENSITIVITIES,
} from '../core/facts.ts';
import { JUDGEMENTS } from '../core/judgement.ts';
import { LANES } from '../core/lane.ts';
import { GATES } from '../core/verdict.ts';
import type { Field, Fields } from './field.ts';
import {
  HASH,
  listOf,
  NAME,
  oneOf,
  optional,
  orNull,
  recordOf,
  RULE,
  SHORT_HASH,
  WHOLE,
} from './field.ts';

export const GATE = oneOf(GATES);
export const LANE = oneOf(LANES);
const JUDGEMENT = oneOf(JUDGEMENTS);
const CLOUD = oneOf(CLOUD_ANSWERS);

/** The same fields, each of which may be left out. */
export const each = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, optional(field)]));

/** The facts a route was decided on. */
const FACTS = {
  kind: NAME,
  /** Not said before kinds had rules by it, nor of what makes no task. */
  judgement: optional(JUDGEMENT),
  sensitivity: oneOf(SENSITIVITIES),
  consequence: oneOf(CONSEQUENCES),
  words: WHOLE,
  /** These five are not said before requests were read for them. */
  pasted: optional(WHOLE),
  follows: optional(oneOf(FOLLOWS)),
  suspected: optional(oneOf(SENSITIVITIES)),
  promised: optional(oneOf(PROMISED)),
  asker: optional(oneOf(ASKERS)),
  files: WHOLE,
  fileTypes: listOf(NAME),
  confidence: WHOLE,
  lane: orNull(LANE),
  persona: orNull(NAME),
  rounds: WHOLE,
  cloud: CLOUD,
} as const satisfies Fields;

/** Where each of these facts came from; null for one that nobody named. */
const FACT_ORIGINS: Fields = Object.fromEntries(
  Object.entries<Field>(FACTS).map(([fact, { optional: may }]) => {
    const origin = orNull(oneOf(ORIGINS));
    return [fact, may === true ? optional(origin) : origin];
  }),
);

/** A route: what the rules made of the facts, the limits that applied, and the lanes that lost with price and reason. */
export const ROUTE: Fields = {
  outcome: oneOf(['lane', 'hold', 'ask', 'answer']),
  kind: NAME,
  gate: GATE,
  judgement: orNull(JUDGEMENT),
  declined: orNull(recordOf({ by: NAME, to: NAME, rule: RULE })),
  facts: recordOf(FACTS),
  origins: optional(recordOf(FACT_ORIGINS)),
  /** The exact text of the persona's file; null where a person does it. */
  persona_sha256: optional(orNull(HASH)),
  /** Which of the client's own examples its words were read with; null where it had none, or a person said the kind. */
  own_examples: optional(orNull(SHORT_HASH)),
  rule_set: SHORT_HASH,
  limits: listOf(RULE),
  price_nano: orNull(WHOLE),
  lanes: listOf(recordOf({ lane: LANE, price_nano: orNull(WHOLE), why: NAME, rule: orNull(RULE) })),
  trace_sha256: HASH,
};
