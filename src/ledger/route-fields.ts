import { CLOUD_ANSWERS, CONSEQUENCES, ORIGINS, SENSITIVITIES } from '../core/facts.ts';
import { JUDGEMENTS } from '../core/judgement.ts';
import { KIND_PROGRAMS } from '../core/kind.ts';
import { LANES } from '../core/lane.ts';
import { ASK_ABOUT } from '../core/rule.ts';
import { GATES } from '../core/verdict.ts';
import type { Field, Fields } from './field.ts';
import {
  BODY,
  each,
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
  YES_NO,
} from './field.ts';

const GATE = oneOf(GATES);
const JUDGEMENT = oneOf(JUDGEMENTS);
const LANE = oneOf(LANES);
const CLOUD = oneOf(CLOUD_ANSWERS);

/** The facts a route was decided on. */
const FACTS = {
  kind: NAME,
  /** Not said before kinds had rules by it, nor of what makes no task. */
  judgement: optional(JUDGEMENT),
  sensitivity: oneOf(SENSITIVITIES),
  consequence: oneOf(CONSEQUENCES),
  words: WHOLE,
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

/**
 * A route: what the rules made of the facts, the limits that applied, and the lanes that lost with price and reason. With
 * the offers and the rule set it can be decided again.
 */
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
  rule_set: SHORT_HASH,
  limits: listOf(RULE),
  price_nano: orNull(WHOLE),
  lanes: listOf(recordOf({ lane: LANE, price_nano: orNull(WHOLE), why: NAME, rule: orNull(RULE) })),
  /** Of the trace in canonical form without the words behind its facts; of all of it before there were offers. */
  trace_sha256: HASH,
  /** Not said before every decision was kept whole. */
  ...each({
    /** The rule that decided, and the lane and specialist by it, whatever a person made of it. */
    rule: RULE,
    asks: orNull(oneOf(ASK_ABOUT)),
    lane: orNull(LANE),
    persona: orNull(NAME),
    program: orNull(oneOf(KIND_PROGRAMS)),
    start: orNull(recordOf({ unasked: YES_NO, rule: RULE })),
    offers: listOf(recordOf({ lane: LANE, price_nano: orNull(WHOLE) })),
    /** The whole trace. */
    trace: BODY,
  }),
};
