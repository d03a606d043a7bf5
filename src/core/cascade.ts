import { countedOf } from './consult.ts';
import type { Stuck } from './consult.ts';
import type { Facts } from './facts.ts';
import { isDearer } from './lane.ts';
import type { Lane } from './lane.ts';
import { leavingOf } from './leaving.ts';
import { firstFailing, holds } from './match.ts';
import { readyOf } from './ready.ts';
import type { After, Cascade } from './rule.ts';
import type { RuleSet } from './rule-set.ts';

/**
 * The first cascade rule that takes this task on; undefined where none does. A rule can only go up, and never past a limit
 * or, whatever the limits say, out of the machine with what is confidential, may be, or has no yes of the owner.
 */
export function cascadeFor(rules: RuleSet, facts: Facts, stuck: Stuck): Cascade | undefined {
  return rules.cascades.find(
    (rule) =>
      rule.from === stuck.lane &&
      isMet(rule.after, stuck) &&
      holds(rule.when, facts) &&
      isDearer(rule.from, rule.to) &&
      isOpen(rules, facts, rule.to),
  );
}

function isMet(after: After, { sendBacks, outcomes }: Stuck): boolean {
  if ('sendBacks' in after) return sendBacks >= after.sendBacks;
  return faultsInARow(after.faults, outcomes) >= after.times;
}

/** How many of the newest outcomes are among these faults; what is no fault of the work is passed over. */
function faultsInARow(faults: readonly string[], outcomes: readonly string[]): number {
  const told = countedOf(outcomes);
  const end = told.findIndex((outcome) => !faults.includes(outcome));
  return end < 0 ? told.length : end;
}

/** Whether work of these facts may go to that lane by a rule alone. */
export function isOpen(rules: RuleSet, facts: Facts, lane: Lane): boolean {
  const closed = readyOf(rules).limits.some(
    ({ rule, checks }) => rule.forbid.includes(lane) && firstFailing(checks, facts) === undefined,
  );
  return !closed && leavingOf(lane, facts, facts.cloud) !== 'forbidden';
}
