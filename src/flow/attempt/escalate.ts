import { signedUsd } from '../../core/money.ts';
import { ruleRef } from '../../core/rule.ts';
import type { OpenAct } from '../act.ts';
import { move } from '../move.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import { dearerData, onData } from './consult.ts';
import type { Going, NextLane } from './consult.ts';

/**
 * Takes a queued task to the next lane: an entry of its own names the rule, both lanes, the difference in price, and what the
 * rules were consulted on.
 */
export function escalate(act: OpenAct, queued: TaskRow, { on, next }: Going): TaskRow {
  const { from, to } = next.cascade;
  const rule = ruleRef(next.cascade);
  return move(act, queued, {
    event: 'escalate',
    mover: { by: 'system', rule },
    set: { lane: to, rule },
    say: { lane: to, data: { from_lane: from, ...dearerData(next), ...onData(on) } },
  });
}

/** What an approver is told where a rule may not spend that much alone. */
export function clickWords({ cascade, difference }: NextLane): string {
  const price =
    difference === null
      ? 'what that costs more is not known'
      : `that may cost ${signedUsd(difference)} at worst, more than a rule may spend alone`;
  return `A stronger author might do it: the ${cascade.to} lane; ${price}. An approver can re-route it there.`;
}
