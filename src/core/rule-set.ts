import type { Waits } from './backoff.ts';
import type { BreakerNumbers } from './breaker.ts';
import type { Classifier } from './classifier.ts';
import type { Cues } from './cue.ts';
import { Fault } from './fault.ts';
import type { Kind, MinutesRow, SizeLimits } from './kind.ts';
import type { LeastRecord } from './kind-record.ts';
import type { LaneTerms, SECRETS } from './lane-terms.ts';
import type { NanoUsd } from './money.ts';
import type { QuietHours } from './quiet.ts';
import type {
  AskAbout,
  AskRule,
  Cascade,
  Checklist,
  LaneRule,
  Limit,
  Rule,
  RuleRef,
  StartRule,
} from './rule.ts';
import { ruleRef } from './rule.ts';

/**
 * Rules with no conditions that the program itself names: every step the system takes on its own has one.
 * The reader refuses a rule set in which one of these is missing.
 */
export const NAMED_RULES = [
  'SPLIT-ONE',
  'SPLIT-LIST',
  'SPLIT-PROSE',
  'SPLIT-CONTEXT',
  'SPLIT-PERSON',
  'READ-CUES',
  'READ-RAISE',
  'READ-NAMED',
  'ASK-KIND',
  'ASK-PIECES',
  'ASK-FILES',
  'ASK-DEMANDS',
  'ASK-CLOUD',
  'ASK-LANE',
  'ASK-SENSITIVITY',
  'ASK-CLIENT',
  'ASK-PERSONA',
  'ASK-STUCK',
  'HOLD-LANE-OFF',
  'HOLD-LANE-DOWN',
  'HOLD-LANE-FAULTS',
  'HOLD-BUDGET',
  'HOLD-UNPRICED',
  'WARN-BUDGET',
  'COUNT-LOST',
  'HOLD-CLOUD',
  'HOLD-GATE',
  'HOLD-ORDER',
  'ASK-ORDER',
  'RESUME',
  'RETRY',
  'FAIL',
  'STOP-SAME',
  'ASK-DEARER',
  'INTERRUPTED',
  'REPAIR-LONGER',
  'REPAIR',
  'REPAIR-PLACEHOLDERS',
  'IN-PARTS',
  'QUESTION',
  'DECLINE-KIND',
  'DECLINE-FIT',
  'DECLINE-LIMIT',
  'ANSWER-HUMAN',
  'ANSWER-NOBODY',
  'ANSWER-TALK',
  'REMIND',
  'EXPIRE',
  'QUIET',
  'PROPOSE',
  'DISCLOSE',
  'DELIVER',
  'DELIVER-AGAIN',
  'DIGEST',
  'VOID',
  'CANCEL',
  'RETENTION',
  'EXAMPLE-KEEP',
  'EXAMPLE-DROP',
  'START-CLICK',
  'START-TOOL',
  'RULES-FIRST',
  'RULES-AUTO',
  'GATE-PASS',
  'GATE-BACK',
  'GATE-ROUNDS',
  'GATE-STUCK',
  'GATE-ENGINE',
  'LEAVE-STOP',
  'LEAVE-REDACTED',
  'LEAVE-WHOLE',
  'SECRETS-MASK',
  'SECRETS-ASK',
] as const;
export type NamedRule = (typeof NAMED_RULES)[number];

/** Who may be asked for a proposal. */
export const PROPOSERS = ['off', 'local'] as const;

/** Numbers and choices the rules set, read from the `settings` of their files. */
export type Settings = {
  /** How many kinds are offered as buttons. */
  readonly offered: number;
  /** How often the gate may send work back. */
  readonly rounds: number;
  /** How often a persona may hand a task on. */
  readonly handOffs: number;
  /** How often work on one task may be begun before a person is asked. */
  readonly attempts: number;
  /** The same failure so often in a row ends the tries before that. */
  readonly sameFailures: number;
  /** The waits between tries. */
  readonly waits: Waits;
  /** When a lane counts as down by its own record, and for how long. */
  readonly breaker: BreakerNumbers;
  /** What a cascade rule may spend more than before without a click, nano-USD. */
  readonly unaskedUpTo: NanoUsd;
  /** What a requester may start without an approver, where nothing else is set for the client. */
  readonly requesterCap: NanoUsd;
  /** What the record of a kind must show before a start rule may start it without a click. */
  readonly unaskedFrom: LeastRecord;
  readonly remindAfterHours: number;
  readonly expireAfterDays: number;
  /** Null where nothing ever waits for people to be at work. */
  readonly quietHours: QuietHours | null;
  /** Whether the model of the local lane is asked what an unclear request may be. */
  readonly propose: (typeof PROPOSERS)[number];
  /** What is done with secrets in material that would leave the machine. */
  readonly secrets: (typeof SECRETS)[number];
};

/** Everything the rules folder says, checked, in one value. */
export type RuleSet = {
  /**
   * SHA-256 hex of the set's manifest (`rule-manifest.ts`), which names the hash of every file: changes when any byte of a
   * rules file, an example or a document cited changes.
   */
  readonly hash: string;
  /** The exact text of every file of the set by its name in the rules folder, such as `kinds/draft.blog.yaml`. */
  readonly files: ReadonlyMap<string, string>;
  readonly limits: readonly Limit[];
  readonly lanes: readonly LaneRule[];
  /** What decides when no lane rule matched: always to ask. */
  readonly otherwise: Rule;
  readonly starts: readonly StartRule[];
  /** What takes a task that got stuck to the next lane, in the order in which they are tried. */
  readonly cascades: readonly Cascade[];
  /** What approvals are asked for, in the order in which they are tried. */
  readonly checklists: readonly Checklist[];
  readonly asks: ReadonlyMap<AskAbout, AskRule>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly cues: Cues;
  /** Trained from the examples of requests when it is first asked. */
  readonly classify: Classifier;
  readonly settings: Settings;
  readonly minutes: ReadonlyMap<string, MinutesRow>;
  readonly sizes: SizeLimits;
  /** What a client is told about each lane. */
  readonly terms: readonly LaneTerms[];
  /** Every rule of every file by its id; ids are unique across files. */
  readonly byId: ReadonlyMap<string, Rule>;
  /** The exact text of each rule by the SHA-256 hex of that text, to be kept for ever. */
  readonly texts: ReadonlyMap<string, string>;
};

/** The reference of a rule the program names itself, e.g. `refOf(rules, 'HOLD-LANE-OFF')`. */
export function refOf(rules: RuleSet, id: NamedRule): RuleRef {
  return ruleRef(ruleById(rules, id));
}

/** A rule by id. Throws Fault `bad_rules` when the set has none, which the reader rules out for `NAMED_RULES`. */
export function ruleById(rules: RuleSet, id: string): Rule {
  const rule = rules.byId.get(id);
  if (rule === undefined)
    throw new Fault(
      'bad_rules',
      `Expected a rule ${id} in rules/, got none. Add it or restore the file.`,
    );
  return rule;
}

/** Completes `gates.yaml#GATE-PASS` to `gates.yaml#GATE-PASS@hash`; a full reference comes back as it is. */
export function fullRef(rules: RuleSet, ref: string): RuleRef {
  if (ref.includes('@')) return ref;
  return ruleRef(ruleById(rules, ref.slice(ref.indexOf('#') + 1)));
}

/** The rule a reference points at, if this set still holds it with the same text. */
export function byRef(rules: RuleSet, ref: RuleRef): Rule | undefined {
  const rule = rules.byId.get(ref.slice(ref.indexOf('#') + 1, ref.indexOf('@')));
  return rule !== undefined && ruleRef(rule) === ref ? rule : undefined;
}
