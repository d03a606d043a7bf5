import { isDearer } from '../../core/lane.ts';
import { addMoney, NO_COST, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { listText } from '../../core/list-text.ts';
import type { Estimate } from '../../core/price-estimate.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { laneByRules } from './named-lane.ts';

/** A piece that would start, at what price. */
export type Starting = { readonly task: TaskRow; readonly price: Estimate };

/** What a requester may start alone for this client. */
export function capOf(
  { library }: Pick<World, 'library'>,
  client: Pick<ClientRow, 'requesterCapNano'> | null,
): NanoUsd {
  return client?.requesterCapNano ?? library.rules.settings.requesterCap;
}

/**
 * Why an approver alone may start these pieces, as sentences for the card and for whoever is refused; none where the
 * requester may. A price that is not known may be above any cap.
 */
export function whyApprover(
  world: Pick<World, 'library'>,
  client: ClientRow | null,
  starting: readonly Starting[],
): readonly string[] {
  const dearer = starting
    .filter(({ task }) => isNamedDearer(world, task))
    .map(({ task }) => task.ordinal);
  return [...aboveCap(capOf(world, client), starting), ...namedDearer(dearer)];
}

function aboveCap(cap: NanoUsd, starting: readonly Starting[]): readonly string[] {
  const says = `the requester's cap of ${usd(cap)}: an approver starts this`;
  if (starting.some(({ price }) => price.basis === 'unpriced'))
    return [`What this costs is not known, so it may be above ${says}`];
  const sum = starting.reduce(
    (all, { price }) => addMoney(all, price.basis === 'unpriced' ? NO_COST : price.high),
    NO_COST,
  );
  return sum > cap ? [`At most ${usd(sum)} is above ${says}`] : [];
}

function namedDearer(ordinals: readonly number[]): readonly string[] {
  if (ordinals.length === 0) return [];
  return [
    `For ${listText(ordinals)} a dearer lane was named than the rules choose: an approver starts this`,
  ];
}

/** Whether the lane of a task is dearer than the rules would have it, because a person named it. */
function isNamedDearer(world: Pick<World, 'library'>, { trace, lane }: TaskRow): boolean {
  if (trace.facts.lane === undefined) return false;
  return isDearer(laneByRules(world, trace) ?? 'local', lane);
}
