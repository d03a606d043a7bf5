import type { Decision } from '../decision.ts';
import { decisionOf } from '../decision.ts';
import type { Recorded, RecordedDecision } from './recorded.ts';
import { route } from '../route.ts';
import { ruleName } from '../rule.ts';
import type { RuleSet } from '../rule-set.ts';
import type { Trace } from '../trace.ts';

/** What can come out otherwise, what matters most first. `trace`: the same decision, on another way to it. */
export const CHANGES = [
  'now_asks',
  'no_longer_asks',
  'asks_otherwise',
  'answers_otherwise',
  'lane',
  'persona',
  'start',
  'gate',
  'rule',
  'trace',
] as const;
export type Change = (typeof CHANGES)[number];

/** A recorded decision taken again. */
export type Replayed = {
  /** Whether it was taken under this very rule set: then whatever differs is a fault, not a change. */
  readonly sameRules: boolean;
  /** What came out otherwise; empty when it is identical. */
  readonly changes: readonly Change[];
  readonly before: RecordedDecision;
  readonly now: Decision;
};

/** What decisions are taken again with. */
export type By = {
  readonly rules: RuleSet;
  /** How an entry knows a trace: SHA-256 hex of its canonical form without words. */
  readonly hashOf: (trace: Trace) => string;
};

/**
 * Decides again from what was recorded, with no model and no word of the request. Under the rule set of then everything
 * the record says must come out the same, down to the hash of the trace; under another one only what follows from it
 * counts, and a rule whose text changed is the same rule.
 */
export function replay({ facts, offers, decision, traceSha256 }: Recorded, by: By): Replayed {
  const decided = route(facts, by.rules, offers ?? []);
  const now = decisionOf(decided);
  const sameRules = decision.rule_set === now.rule_set;
  const common = { sameRules, before: decision, now };
  const changes = CHANGES.filter((change) => CHANGED[change](decision, now));
  if (!sameRules || changes.length > 0) return { ...common, changes };
  const holds =
    agrees(decision, now) && (traceSha256 === null || traceSha256 === by.hashOf(decided.trace));
  return { ...common, changes: holds ? [] : ['trace'] };
}

type Differs = (before: RecordedDecision, now: Decision) => boolean;

const isWorked = ({ outcome }: Pick<Decision, 'outcome'>): boolean =>
  outcome === 'lane' || outcome === 'hold';
const bothWorked: Differs = (before, now) => isWorked(before) && isWorked(now);
/** What an older record did not say cannot be held against it. */
const differs = <T>(before: T | undefined, now: T): boolean =>
  before !== undefined && before !== now;

const CHANGED: Readonly<Record<Change, Differs>> = {
  now_asks: (before, now) => before.outcome !== 'ask' && now.outcome === 'ask',
  no_longer_asks: (before, now) => before.outcome === 'ask' && now.outcome !== 'ask',
  asks_otherwise: (before, now) =>
    before.outcome === 'ask' && now.outcome === 'ask' && differs(before.asks, now.asks),
  answers_otherwise: (before, now) =>
    (before.outcome === 'answer' && isWorked(now)) ||
    (isWorked(before) && now.outcome === 'answer'),
  lane: (before, now) => bothWorked(before, now) && differs(before.lane, now.lane),
  persona: (before, now) => bothWorked(before, now) && differs(before.persona, now.persona),
  start: (before, now) =>
    bothWorked(before, now) && differs(before.start?.unasked, now.start?.unasked),
  gate: (before, now) =>
    bothWorked(before, now) &&
    (differs(before.gate, now.gate) || differs(before.program, now.program)),
  rule: (before, now) => before.rule !== undefined && ruleName(before.rule) !== ruleName(now.rule),
  trace: () => false,
};

/** Whether everything a record says is what came out now. */
function agrees(before: RecordedDecision, now: Decision): boolean {
  return (Object.keys(before) as (keyof Decision)[]).every((name) => same(before[name], now[name]));
}

/** The keys of a record come back from its bytes in their order, and from the program in another. */
function same(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
