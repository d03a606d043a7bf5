import type { EntryType } from '../core/entry-type.ts';
import {
  ACCEPTED_BY,
  ADJUST_REASONS,
  EPOCH_REASONS,
  ERASE_GROUNDS,
  ERASE_SCOPES,
  ERASED_BESIDES,
  EXAMPLE_OUTS,
  EXAMPLE_SOURCES,
  MINUTE_BASES,
} from '../core/record-words.ts';
import { BUDGET_FIELDS } from './budget-fields.ts';
import { CLOUD } from './cascade-fields.ts';
import type { Fields } from './field.ts';
import { WORK_FIELDS } from './work-fields.ts';
import {
  BODY,
  HASH,
  ID,
  listOf,
  MOMENT,
  MONTH,
  NAME,
  oneOf,
  optional,
  orNull,
  POSTPONED,
  recordOf,
  WEEK,
  WHOLE,
  YES_NO,
} from './field.ts';

/** How much came, changed and went. */
const COUNTS = recordOf({ added: WHOLE, changed: WHOLE, removed: WHOLE });
/**
 * What the `data` of each type of entry holds: closed, so that no free text and nothing personal can be written down.
 * Sealing refuses anything else, verification looks again, and the table in docs/ledger.md is made from this.
 */
export const FIELDS: Readonly<Record<EntryType, Fields>> = {
  'practice.founded': { origin: NAME, rules_sha256: HASH },
  'person.seen': { person: ID, role: oneOf(['owner', 'colleague', 'guest']) },
  'role.set': {
    person: ID,
    role: oneOf(['owner', 'colleague', 'guest', 'approver']),
    in_force: optional(YES_NO),
  },
  'client.created': { cloud: CLOUD },
  'client.set': {
    cloud: optional(CLOUD),
    /** The words listed for redaction: how many, and their text by its keyed hash. */
    terms: optional(WHOLE),
    content: optional(BODY),
    review: optional(oneOf(['set'])),
    question: optional(ID),
    retention_days: optional(orNull(WHOLE)),
    requester_cap_nano: optional(orNull(WHOLE)),
  },
  'channel.bound': { channel: ID, audience: oneOf(['practice', 'client']) },
  'rules.accepted': {
    /** The hash the set is known by: the SHA-256 of its manifest, which is kept with every file it names. */
    rules_sha256: HASH,
    /** The set that was in force until then; null for the first. */
    before_sha256: orNull(HASH),
    /** These were not said while a start put rules in force by itself. */
    by: optional(oneOf(ACCEPTED_BY)),
    files: optional(COUNTS),
    rules: optional(COUNTS),
    /** The difference word for word, which is kept; null where none was kept before. */
    diff_sha256: optional(orNull(HASH)),
  },
  'rule.published': { file: NAME, id: NAME, sha256: HASH },
  'persona.published': { id: NAME, version: WHOLE, sha256: HASH },
  'persona.accepted': { id: NAME, version: WHOLE, sha256: HASH },
  'price.published': { id: NAME, sha256: HASH },
  ...WORK_FIELDS,
  ...BUDGET_FIELDS,
  'draft.attributed': {
    attribution_sha256: HASH,
    words: WHOLE,
    shares: listOf(
      recordOf({ by: oneOf(['brought_in', 'attempt', 'person']), id: orNull(ID), words: WHOLE }),
    ),
  },
  'estimate.recorded': {
    basis: oneOf(MINUTE_BASES),
    corrects: optional(ID),
    /** Minutes that all reviews of the task took together, as a person says. */
    review: optional(recordOf({ minutes: WHOLE, basis: oneOf(['corrected']) })),
  },
  'cost.adjusted': { corrects: ID, why: oneOf(ADJUST_REASONS) },
  /** A month of the seat, divided: nano-USD, and 10^-9 credits. `expected` by the terms, `invoice` what was divided. */
  'seat.closed': {
    month: MONTH,
    terms: NAME,
    terms_sha256: HASH,
    credits: WHOLE,
    over: WHOLE,
    expected: WHOLE,
    invoice: WHOLE,
    /** Whether a person entered the invoice. */
    entered: YES_NO,
    bench: WHOLE,
  },
  /** The share of one client, or of the practice itself; the cost of the entry is what it differs from what was booked. */
  'seat.allocated': { month: MONTH, closing: ID, credits: WHOLE, share: WHOLE, booked: WHOLE },
  'example.kept': {
    example: ID,
    kind: NAME,
    words: BODY,
    by: oneOf(EXAMPLE_SOURCES),
    /** The example with the same words that it takes the place of. */
    replaces: orNull(ID),
  },
  /** By whom is its actor; `from` is the client's example whose words are used for everyone now. */
  'example.shared': { example: ID, from: ID, kind: NAME, words: BODY, replaces: orNull(ID) },
  'example.removed': { example: ID, kind: NAME, why: oneOf(EXAMPLE_OUTS) },
  'person.reminded': { postponed: POSTPONED },
  'digest.posted': {
    week: WEEK,
    audience: oneOf(['practice', 'client']),
    postponed: POSTPONED,
  },
  'content.erased': {
    scope: oneOf(ERASE_SCOPES),
    ground: oneOf(ERASE_GROUNDS),
    ordered_by: orNull(ID),
    bodies: listOf(ID),
    besides: listOf(oneOf(ERASED_BESIDES)),
    person: optional(ID),
  },
  'keys.rotated': { scope: oneOf(['client', 'practice']), generation: WHOLE, rewrapped: WHOLE },
  'key.rotated': { before_sha256: HASH, after_sha256: HASH },
  'key.retired': { key_sha256: HASH },
  'log.restored': {
    because: oneOf(EPOCH_REASONS),
    epoch: WHOLE,
    origin: NAME,
    signed_size: WHOLE,
    signed_root: HASH,
    found_size: WHOLE,
    found_root: HASH,
  },
  'export.made': {
    size: WHOLE,
    root: HASH,
    from: MOMENT,
    to: MOMENT,
    manifest_sha256: HASH,
  },
};
