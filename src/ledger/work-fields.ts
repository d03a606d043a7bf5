import { FIGURES } from '../core/budget.ts';
import type { EntryType } from '../core/entry-type.ts';
import { FAULT_CODES } from '../core/fault.ts';
import { REVIEW_BASES, SOURCE_TYPES } from '../core/record-words.ts';
import { ROLES } from '../core/task.ts';
import { ATTEMPT_FIELDS } from './attempt-fields.ts';
import { CASCADE_FIELDS, STAYED } from './cascade-fields.ts';
import type { Fields } from './field.ts';
import {
  BODY,
  each,
  HASH,
  ID,
  listOf,
  MOMENT,
  NAME,
  oneOf,
  optional,
  orNull,
  POSTPONED,
  recordOf,
  RULE,
  WHOLE,
  YES_NO,
} from './field.ts';
import { GATE, LANE, ROUTE } from './route-fields.ts';

const FAULT = oneOf(FAULT_CODES);
const ROLE = oneOf(ROLES);
const DOOR = oneOf(['mention', 'reply', 'dm', 'command', 'shortcut']);

/** Of a reviewer's checklist: answers that stand, and those whose question or quotation does not. */
const CHECKS = optional(recordOf({ yes: WHOLE, no: WHOLE, thrown_away: WHOLE }));

/** How a question was answered: a closed value, or the keyed hash of words. */
export const ANSWER: Fields = {
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
  /** A person said which pieces there are: tasks that ended for it, new pieces, and the tasks they make. */
  'request.pieces_changed': {
    replaced: listOf(ID),
    pieces: WHOLE,
    made: listOf(ID),
    context: WHOLE,
    /** Whether the person wrote words that were not in the request. */
    edited: YES_NO,
    ...each(ANSWER),
  },
  'request.nothing_to_do': { rules: listOf(RULE) },
  'piece.answered': { ordinal: WHOLE, piece: BODY, ...ROUTE },
  'task.routed': { ordinal: WHOLE, piece: optional(BODY), after: optional(ID), ...ROUTE },
  /** What a person put in place of what was there; before pieces were persons' to change, lane and kind even where they stayed. */
  'task.changed': {
    ...ROUTE,
    ...each({
      overrode_lane: LANE,
      overrode_kind: NAME,
      overrode_persona: NAME,
      overrode_rule: RULE,
      overrode_after: orNull(ID),
      after: orNull(ID),
    }),
  },
  'task.started': {},
  'task.claimed': {},
  /** With the review that was begun and came to nothing. */
  'task.cancelled': {
    ...each(ANSWER),
    review: optional(REVIEW),
    /** The entry by which a person said anew which pieces there are, and the tasks that hold these words now. */
    pieces: optional(ID),
    replaced_by: optional(listOf(ID)),
  },
  'task.held': {
    waits_for: NAME,
    before: optional(ID),
    /** The budget without room, its figure, and what the call may come to in that; null where nobody knows. */
    ...each({ budget: ID, figure: oneOf(FIGURES), needs: orNull(WHOLE) }),
    fault: optional(FAULT),
    report: optional(BODY),
    /** Of a lane that failed in a row: how often, and when it is tried again. */
    faults: optional(WHOLE),
    until: optional(MOMENT),
  },
  /** With a route where what the piece before it brought made the rules decide anew. */
  'task.resumed': { before: optional(ID), ...each(ROUTE) },
  'task.expired': { review: optional(REVIEW), postponed: POSTPONED },
  'task.reopened': each(ROUTE),
  'task.declined': { to: NAME },
  'task.retried': { fault: optional(FAULT) },
  'task.failed': { fault: optional(FAULT) },
  'task.rerouted': { from_lane: LANE, overrode_rule: optional(RULE), ...each(ROUTE) },
  ...CASCADE_FIELDS,
  'task.sent_back': { ...EVIDENCE, reason: orNull(BODY) },
  ...ATTEMPT_FIELDS,
  'draft.made': {
    version: WHOLE,
    files: WHOLE,
    confidence: WHOLE,
    checks: CHECKS,
    /** Placeholders in it that stand for nothing, and marks where secrets were masked; absent where there are none. */
    unrestored: optional(WHOLE),
    masked: optional(WHOLE),
  },
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
    stayed: STAYED,
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
