import type { Facts } from '../facts.ts';
import type { Lane } from '../lane.ts';

/**
 * How grave. `error`: a rule does not do what it says, whatever comes in. `warning`: two rules contradict each other, or
 * a hole, and nothing shows that it is meant. `note`: how the list works, worth a look.
 */
export const LEVELS = ['error', 'warning', 'note'] as const;
export type FindingLevel = (typeof LEVELS)[number];

/** What comparing the rules with one another finds. */
export const LINT_CODES = [
  'never-holds',
  'never-reached',
  'no-program',
  'forbidden-lane',
  'leaves-no-lane',
  'always-holds',
  'same-condition',
  'overlap',
  'hidden',
  'gap',
  'declined',
  'not-proven',
] as const;
export type LintCode = (typeof LINT_CODES)[number];

/** The lists that hold conditions, by the file they stand in. */
export type ListName = 'limits' | 'lanes' | 'start' | 'approving' | 'kinds';

/** Which part of which rule a remark is about; `otherwise` is the last word of the lane rules. */
export type Spot = {
  readonly list: ListName;
  readonly index: number | 'otherwise';
  readonly part: 'id' | 'when' | 'do' | 'second';
};

/**
 * Facts that show what a remark says, complete, so that the rules can be asked with them. `when` says in words what of
 * them makes the difference and is not as usual (`USUAL`). `goes`: the lane decided, where a start rule is shown.
 */
export type Witness = { readonly facts: Facts; readonly when: string; readonly goes?: Lane };

/** Another rule that a remark names, the part of this rule's own combinations it takes, 0 to 1, and such facts. */
export type By = {
  readonly rule: string;
  readonly share: number;
  readonly witness: Witness | null;
};

export type Remark = {
  readonly level: FindingLevel;
  readonly code: LintCode;
  readonly spot: Spot;
  /** Id of the rule, or of the kind. */
  readonly rule: string;
  readonly by: readonly By[];
  readonly says: string;
  readonly witness: Witness | null;
};

/** What a rule file claims of a decision: with these facts, the rule of this id. */
export type Case = { readonly facts: Facts; readonly expect: string };
