import type { Facts } from './facts.ts';
import { holds } from './match.ts';
import type { Checklist, RuleRef } from './rule.ts';
import { ruleRef } from './rule.ts';
import type { RuleSet } from './rule-set.ts';

/** What an approver said to one point of a checklist: ticked or not. */
export type PointAnswer = { readonly id: string; readonly yes: boolean };

/** The checklist that an approval of work with these facts is asked for: the first that matches; null for one click. */
export function checklistFor(
  { checklists }: Pick<RuleSet, 'checklists'>,
  facts: Facts,
): Checklist | null {
  return checklists.find(({ when }) => holds(when, facts)) ?? null;
}

/** Every point with its answer, in the order of the checklist. What is no point of it counts for nothing. */
export function answersTo(
  { points }: Checklist,
  ticked: readonly string[],
): readonly PointAnswer[] {
  return points.map(({ id }) => ({ id, yes: ticked.includes(id) }));
}

/**
 * The words of the points that were left open. Of a checklist that is no longer in force with the same text only the
 * ids are known here.
 */
export function openPoints(
  { checklists }: Pick<RuleSet, 'checklists'>,
  rule: RuleRef,
  answers: readonly PointAnswer[],
): readonly string[] {
  const points = checklists.find((one) => ruleRef(one) === rule)?.points ?? [];
  return answers
    .filter(({ yes }) => !yes)
    .map(({ id }) => points.find((point) => point.id === id)?.text ?? id);
}
