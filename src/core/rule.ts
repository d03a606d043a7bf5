import type { FactName } from './facts.ts';
import type { FaultCode } from './fault.ts';
import type { Lane } from './lane.ts';
import type { Gate } from './verdict.ts';

/** The paragraph of the practice's own documents a rule rests on. `hash`: SHA-256 hex of that section's text. */
export type RuleSource = {
  readonly document: string;
  readonly heading: string;
  readonly hash: string;
};

/** `file#id@hash`: how a decision names the rule behind it; the hash is the first 16 hex of its text's SHA-256. */
export type RuleRef = string;

/** What every written rule has. */
export type Rule = {
  readonly id: string;
  /** Name of the file inside `rules/`, e.g. `lanes.yaml`. */
  readonly file: string;
  readonly title: string;
  readonly because: string;
  readonly source: RuleSource;
  /** SHA-256 hex of the rule's exact YAML text, under which that text is kept for ever. */
  readonly hash: string;
};

/** One comparison with a fact. Several operators in one condition must all hold. */
export type Condition = {
  readonly is?: string;
  readonly in?: readonly string[];
  readonly not_in?: readonly string[];
  readonly at_least?: number | string;
  readonly at_most?: number | string;
};
export const OPERATORS = ['is', 'in', 'not_in', 'at_least', 'at_most'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Conditions over the closed vocabulary; all must hold. An empty record always matches. */
export type When = { readonly [Name in FactName]?: Condition };

/** What AIOS asks about when it stops. */
export const ASK_ABOUT = [
  'kind',
  'pieces',
  'files',
  'demands',
  'cloud',
  'lane',
  'sensitivity',
  'client',
  'persona',
  'stuck',
] as const;
export type AskAbout = (typeof ASK_ABOUT)[number];

/**
 * A limit: all that match apply, and they can do nothing but forbid lanes or force a question. `ask` alone always
 * asks; `ask` together with `forbid` asks only when a rule would have sent the task to a forbidden lane.
 */
export type Limit = Rule & {
  readonly when: When;
  readonly forbid: readonly Lane[];
  readonly ask?: AskAbout;
};

/** A lane rule: the first that matches and is not forbidden wins. */
export type LaneRule = Rule & {
  readonly when: When;
  readonly lane: Lane;
  /** Overrides the kind's persona or gate where written. */
  readonly persona?: string;
  readonly gate?: Gate;
  readonly owner: string;
  readonly since: string;
};

/** A start rule: whether a matching task may start without a click. Off unless `enabled`. */
export type StartRule = Rule & {
  readonly when: When;
  /** The lanes it speaks of. */
  readonly lanes: readonly Lane[];
  readonly unasked: boolean;
  readonly enabled: boolean;
};

/** What must have happened on the lane before a cascade rule speaks. */
export type After =
  | { readonly sendBacks: number }
  | { readonly faults: readonly FaultCode[]; readonly times: number };

/** A cascade rule: takes a task that got stuck on one lane to the next. Nothing else ever does, but a person's click. */
export type Cascade = Rule & {
  readonly when: When;
  readonly after: After;
  readonly from: Lane;
  readonly to: Lane;
};

/** A rule that asks: what about, the question in words, and how long its answer is waited for where that is special. */
export type AskRule = Rule & {
  readonly about: AskAbout;
  readonly question: string;
  readonly remindAfterHours?: number;
  readonly expireAfterDays?: number;
};

/** One point of a checklist: what an approver confirms by ticking it. */
export type Point = { readonly id: string; readonly text: string };

/** What an approver is asked before work goes out: the first that matches. */
export type Checklist = Rule & {
  readonly when: When;
  /** What approving means, said above the points. */
  readonly means: string;
  readonly points: readonly Point[];
};

/** `ruleRef(rule)` is `lanes.yaml#LANE-010@0123456789abcdef`. */
export function ruleRef(rule: Pick<Rule, 'id' | 'file' | 'hash'>): RuleRef {
  return `${rule.file}#${rule.id}@${rule.hash.slice(0, 16)}`;
}

/** `lanes.yaml#LANE-010`, whatever its text. */
export function ruleName(ref: RuleRef): string {
  return ref.split('@')[0] ?? ref;
}
