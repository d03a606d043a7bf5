import { checksOf } from './match.ts';
import type { Check } from './match.ts';
import type { LaneRule, Limit, RuleRef, StartRule } from './rule.ts';
import { ruleRef } from './rule.ts';
import type { RuleSet } from './rule-set.ts';
import type { Applied } from './trace.ts';

/** A rule with what every decision asks of it: its reference, and its conditions one by one. */
export type Ready<R> = {
  readonly rule: R;
  readonly ref: RuleRef;
  readonly checks: readonly Check[];
};

export type ReadyLimit = Ready<Limit> & {
  /** How a trace names it where it applied. */
  readonly applied: Applied;
};

/** A rule set made ready to decide: worked out once, asked for every decision. */
export type ReadyRules = {
  readonly limits: readonly ReadyLimit[];
  readonly lanes: readonly Ready<LaneRule>[];
  /** Those in force. */
  readonly starts: readonly Ready<StartRule>[];
};

const SETS = new WeakMap<RuleSet, ReadyRules>();

/** Makes a rule set ready, the first time it is asked for. */
export function readyOf(rules: RuleSet): ReadyRules {
  const known = SETS.get(rules);
  if (known !== undefined) return known;
  const made = {
    limits: rules.limits.map((limit) => ({ ...ready(limit), applied: appliedOf(limit) })),
    lanes: rules.lanes.map(ready),
    starts: rules.starts.filter(({ enabled }) => enabled).map(ready),
  };
  SETS.set(rules, made);
  return made;
}

function ready<R extends Limit | LaneRule | StartRule>(rule: R): Ready<R> {
  return { rule, ref: ruleRef(rule), checks: checksOf(rule.when) };
}

function appliedOf(limit: Limit): Applied {
  const { title, forbid, ask } = limit;
  return { rule: ruleRef(limit), title, forbid, ...(ask === undefined ? {} : { ask }) };
}
