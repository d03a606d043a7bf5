import type { FactName, Sourced } from './facts.ts';
import type { Lane } from './lane.ts';
import type { NanoUsd } from './money.ts';
import type { AskAbout, Operator, RuleRef } from './rule.ts';

/** The first condition of a rule that did not hold: what it wanted of which fact, and what the fact was. */
export type Failed = {
  readonly field: FactName;
  readonly operator: Operator;
  readonly wanted: string | number | readonly string[];
  /** `null` when the fact is absent, e.g. no lane was named. */
  readonly got: string | number | readonly string[] | null;
};

/** A lane rule that came before the winner and why it did not win. */
export type Tried =
  | { readonly rule: RuleRef; readonly failed: Failed }
  | { readonly rule: RuleRef; readonly forbiddenBy: RuleRef }
  | { readonly rule: RuleRef; readonly noProgram: true };

/** A limit that applied. */
export type Applied = {
  readonly rule: RuleRef;
  readonly title: string;
  readonly forbid: readonly Lane[];
  readonly ask?: AskAbout;
};

/** A lane that was not chosen; `price` as offered, `null` when it has none. */
export type Losing = {
  readonly lane: Lane;
  readonly price: NanoUsd | null;
  readonly why: 'another_rule' | 'no_program' | 'not_offered' | { readonly forbiddenBy: RuleRef };
};

/** A lane that could be had when a task was decided, with the worst price of the task there; `null` when nobody priced it. */
export type LaneOffer = { readonly lane: Lane; readonly price: NanoUsd | null };

/**
 * Why a route fell as it did. Plain JSON, 1 to 3 KB, stored with the decision and enough to replay it. Version 1 did not
 * hold the offers.
 */
export type Trace = {
  readonly version: 1 | 2;
  /** First 16 hex of the rule set's hash. */
  readonly ruleSet: string;
  readonly facts: Sourced;
  readonly limits: readonly Applied[];
  readonly tried: readonly Tried[];
  readonly winner: RuleRef;
  readonly title: string;
  readonly lanes: readonly Losing[];
  /** Every lane that could be had then, the winner's and forbidden ones too. */
  readonly offers?: readonly LaneOffer[];
};

/** A trace without the words behind its facts: what may be kept after a request was erased, and what replay makes again. */
export function bareTrace(trace: Trace): Trace {
  return { ...trace, facts: bareFacts(trace.facts) };
}

/** Facts with where they came from and without the words that caused them. */
export function bareFacts(facts: Sourced): Sourced {
  const bare = Object.entries(facts).map(([name, { value, from, examples }]) => [
    name,
    { value, from, ...(examples === undefined ? {} : { examples }) },
  ]);
  return Object.fromEntries(bare) as Sourced;
}
