import type { EntryType } from '../core/entry-type.ts';
import { CLOUD_ANSWERS, CONSEQUENCES, ORIGINS, SENSITIVITIES } from '../core/facts.ts';
import { FAULT_CODES } from '../core/fault.ts';
import { JUDGEMENTS } from '../core/judgement.ts';
import { KIND_PROGRAMS } from '../core/kind.ts';
import { LANES, PURPOSES } from '../core/lane.ts';
import { REVIEW_BASES, SOURCE_TYPES } from '../core/record-words.ts';
import { ASK_ABOUT } from '../core/rule.ts';
import { ROLES } from '../core/task.ts';
import { GATES } from '../core/verdict.ts';
import type { Field, Fields } from './field.ts';
import {
  BODY,
  HASH,
  ID,
  listOf,
  MOMENT,
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

const FAULT = oneOf(FAULT_CODES);
const GATE = oneOf(GATES);
const JUDGEMENT = oneOf(JUDGEMENTS);
const LANE = oneOf(LANES);
const ROLE = oneOf(ROLES);
const CLOUD = oneOf(CLOUD_ANSWERS);
const DOOR = oneOf(['mention', 'reply', 'dm', 'command', 'shortcut']);

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

const each = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, optional(field)]));

/**
 * A route: what the rules made of the facts, the limits that applied, and the lanes that lost with price and reason. With
 * the offers and the rule set it can be decided again.
 */
const ROUTE: Fields = {
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

/** Of a reviewer's checklist: answers that stand, and those whose question or quotation does not. */
const CHECKS = optional(recordOf({ yes: WHOLE, no: WHOLE, thrown_away: WHOLE }));

/** How a question was answered: a closed value, or the keyed hash of words. */
const ANSWER: Fields = {
  about: NAME,
  question: ID,
  value: NAME,
  words: orNull(BODY),
  waited_ms: optional(WHOLE),
};

/** Minutes of one review: what counts, on which basis, and what the owner's table says beside it. */
const REVIEW = recordOf({ minutes: WHOLE, basis: oneOf(REVIEW_BASES), table: WHOLE });

/** What a card shows about the person who decided. */
const EVIDENCE: Fields = {
  /** Not said before reviews were counted. */
  review: optional(REVIEW),
  version: WHOLE,
  shown_at: orNull(MOMENT),
  read_at: orNull(MOMENT),
  roles: listOf(ROLE),
};

/** Where work came from, as it is told once its client is known. */
const PLACED: Fields = {
  received: ID,
  number: WHOLE,
  requester: ID,
  door: DOOR,
  files: WHOLE,
  content: BODY,
  received_at: MOMENT,
};

/** What the `data` of an entry about work holds: requests, tasks, attempts, drafts and what people decide. */
export const WORK_FIELDS = {
  'request.received': { door: DOOR, files: WHOLE, content: BODY },
  'request.placed': { ...PLACED, ...each(ANSWER) },
  'request.split': { pieces: WHOLE, context: WHOLE, unsure: YES_NO },
  'request.nothing_to_do': { rules: listOf(RULE) },
  'piece.answered': { ordinal: WHOLE, ...ROUTE },
  'task.routed': { ordinal: WHOLE, piece: optional(BODY), ...ROUTE },
  'task.changed': { ...ROUTE, overrode_lane: LANE, overrode_kind: NAME },
  'task.started': {},
  'task.claimed': {},
  /** With the review that was begun and came to nothing. */
  'task.cancelled': { ...each(ANSWER), review: optional(REVIEW) },
  'task.held': { waits_for: NAME, fault: optional(FAULT), report: optional(BODY) },
  'task.resumed': {},
  'task.expired': { review: optional(REVIEW) },
  'task.reopened': each(ROUTE),
  'task.declined': { to: NAME },
  'task.retried': { fault: optional(FAULT) },
  'task.failed': { fault: optional(FAULT) },
  'task.rerouted': { from_lane: LANE, ...each(ROUTE) },
  'task.sent_back': { ...EVIDENCE, reason: orNull(BODY) },
  'attempt.started': {
    purpose: oneOf(PURPOSES),
    number: WHOLE,
    round: WHOLE,
    prompt: BODY,
    /** The bodies of the files that went along with it. */
    context: optional(listOf(ID)),
    model_requested: orNull(NAME),
    params_sha256: HASH,
  },
  'attempt.ended': {
    outcome: NAME,
    purpose: oneOf(PURPOSES),
    basis: oneOf(['computed', 'allocated', 'rehearsal', 'unpriced']),
    ...each({
      provider: NAME,
      model_requested: NAME,
      provider_request_id: orNull(NAME),
      stop: oneOf(['end', 'length', 'refusal']),
      tokens: recordOf({ input: WHOLE, cache_read: WHOLE, cache_write: WHOLE, output: WHOLE }),
      compute_ms: WHOLE,
      latency_ms: WHOLE,
      rehearsal: YES_NO,
      price: orNull(NAME),
      price_sha256: orNull(HASH),
      answer: BODY,
    }),
  },
  'draft.made': { version: WHOLE, files: WHOLE, confidence: WHOLE, checks: CHECKS },
  'draft.edited': { version: WHOLE, replaces: HASH, files: WHOLE },
  'draft.read': { version: WHOLE },
  'draft.approved': {
    ...EVIDENCE,
    surface: oneOf(['button', 'form']),
    /** Words of the approved draft that people wrote or changed, of all its words; null where it holds no text. */
    edited: orNull(recordOf({ words: WHOLE, of: WHOLE })),
    checklist: orNull(
      recordOf({ rule: RULE, answers: listOf(recordOf({ id: NAME, yes: YES_NO })) }),
    ),
    /** Who answers for these bytes. */
    responsible: ID,
  },
  'draft.rejected': { ...EVIDENCE, reason: orNull(BODY) },
  'draft.attributed': {
    attribution_sha256: HASH,
    words: WHOLE,
    shares: listOf(
      recordOf({ by: oneOf(['brought_in', 'attempt', 'person']), id: orNull(ID), words: WHOLE }),
    ),
  },
  'draft.delivered': {
    approval: ID,
    gate: ID,
    disclosure: ID,
    files: WHOLE,
    bytes: WHOLE,
    media: listOf(NAME),
    destination: oneOf(['channel', 'direct']),
  },
  'gate.reviewed': {
    gate: GATE,
    outcome: oneOf(['pass', 'send_back', 'ask', 'hold']),
    errors: WHOLE,
    warnings: WHOLE,
    round: WHOLE,
    rules: listOf(NAME),
    engines: listOf(
      recordOf({ name: NAME, version: NAME, status: oneOf(['ok', 'failed', 'skipped']) }),
    ),
    report: BODY,
  },
  'finding.waived': { finding: HASH, reason: BODY },
  'approval.voided': {},
  'approval.taken_back': {},
  'delivery.failed': { fault: FAULT },
  'disclosure.issued': {
    digital_source_type: oneOf(SOURCE_TYPES),
    models: listOf(NAME),
    stays_on_machine: YES_NO,
    human_edited: YES_NO,
    gate: GATE,
    statement_sha256: HASH,
  },
  'person.asked': {
    about: NAME,
    /** Absent where the same question waits for its answer already. */
    ...each({ question: ID, text: BODY, options: listOf(NAME) }),
    ...each({ declined: YES_NO, to: NAME, fault: FAULT }),
  },
  'person.answered': { ...ANSWER, route: optional(recordOf(ROUTE)) },
} as const satisfies Partial<Record<EntryType, Fields>>;
