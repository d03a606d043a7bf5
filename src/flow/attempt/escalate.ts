import { cascadeFor } from '../../core/cascade.ts';
import type { Stuck } from '../../core/cascade.ts';
import { nanoUsd, signedUsd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { Estimate } from '../../core/price-estimate.ts';
import { ruleRef } from '../../core/rule.ts';
import type { Cascade } from '../../core/rule.ts';
import type { OpenAct } from '../act.ts';
import { laneState } from '../lane-state.ts';
import { move } from '../move.ts';
import { lanesNow, priceAhead } from '../plan/piece.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { pieceOf } from './material.ts';

/** Where a cascade rule takes a stuck task, and what that costs more at worst; null where nobody knows. */
export type NextLane = {
  readonly cascade: Cascade;
  readonly difference: NanoUsd | null;
  readonly basis: 'estimate' | 'rehearsal' | 'unpriced';
  /** Whether an approver has to click, because it costs more than a rule may spend alone. */
  readonly needsClick: boolean;
};

/** The next lane of a stuck task by a written rule; null where no rule has one, or its lane cannot be had now. */
export async function nextLane(
  world: World,
  file: TaskFile,
  stuck: Omit<Stuck, 'lane'>,
): Promise<NextLane | null> {
  const { task, client } = file;
  const { rules } = world.library;
  if (client === null) return null;
  // What the owner says now counts, not what was said when it was planned.
  const facts = { ...task.facts, cloud: client.cloud, rounds: task.round };
  const cascade = cascadeFor(rules, facts, { ...stuck, lane: task.lane });
  if (cascade === undefined) return null;
  const health = await lanesNow(world, file.requester.slackUser);
  const { breaker } = await laneState(world, cascade.to);
  if (health[cascade.to].is !== 'ready' || breaker.is !== 'closed') return null;
  const weighed = { piece: await pieceOf(world, task), health };
  const price = differenceOf(
    priceAhead(world, weighed, task.lane),
    priceAhead(world, weighed, cascade.to),
  );
  const { difference } = price;
  return {
    cascade,
    ...price,
    needsClick: difference === null || difference > rules.settings.unaskedUpTo,
  };
}

function differenceOf(from: Estimate, to: Estimate): Pick<NextLane, 'difference' | 'basis'> {
  if (from.basis === 'unpriced' || to.basis === 'unpriced')
    return { difference: null, basis: 'unpriced' };
  const basis = to.basis === 'rehearsal' ? 'rehearsal' : 'estimate';
  return { difference: nanoUsd(to.high - from.high), basis };
}

/** Takes a queued task to the next lane: an entry of its own names the rule, both lanes and the difference in price. */
export function escalate(act: OpenAct, queued: TaskRow, next: NextLane): TaskRow {
  const { from, to } = next.cascade;
  const rule = ruleRef(next.cascade);
  return move(act, queued, {
    event: 'escalate',
    mover: { by: 'system', rule },
    set: { lane: to, rule },
    say: {
      lane: to,
      data: { from_lane: from, difference_nano: next.difference, basis: next.basis },
    },
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
