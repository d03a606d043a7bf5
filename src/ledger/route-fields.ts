import type { FactSort } from '../core/facts.ts';
import { FACT_NAMES, ORIGINS, VOCABULARY } from '../core/facts.ts';
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

export const GATE = oneOf(GATES);
const JUDGEMENT = oneOf(JUDGEMENTS);
export const LANE = oneOf(LANES);

/**
 * The facts a route was decided on: the vocabulary. What may be absent is left out, as whatever was no fact yet; only a lane
 * and a persona that nobody named are null.
 */
const FACTS: Fields = Object.fromEntries(
  FACT_NAMES.map((name) => {
    const field = factField(VOCABULARY[name]);
    if (name === 'lane' || name === 'persona') return [name, orNull(field)];
    return [name, VOCABULARY[name].absent ? optional(field) : field];
  }),
);

function factField(sort: FactSort): Field {
  if (sort.is === 'number') return WHOLE;
  if (sort.is === 'list') return listOf(NAME);
  return sort.of === undefined ? NAME : oneOf(sort.of);
}

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
  /** Which of the client's own examples its words were read with; null where it had none, or a person said the kind. */
  own_examples: optional(orNull(SHORT_HASH)),
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
