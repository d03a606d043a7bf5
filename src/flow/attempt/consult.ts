import { cascadeFor } from '../../core/cascade.ts';
import { cameOf, countedOf, factsNow } from '../../core/consult.ts';
import type { Consult, Stuck } from '../../core/consult.ts';
import type { EntryDraft } from '../../core/entry.ts';
import { hasDearer } from '../../core/lane.ts';
import { nanoUsd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { Estimate } from '../../core/price-estimate.ts';
import { ruleRef } from '../../core/rule.ts';
import type { Cascade } from '../../core/rule.ts';
import { laneState } from '../lane-state.ts';
import { lanesNow, priceAhead } from '../plan/piece.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { pieceOf } from './material.ts';

/** Where a cascade rule would take a stuck task, and what that costs more at worst; null where nobody knows. */
export type NextLane = {
  readonly cascade: Cascade;
  readonly difference: NanoUsd | null;
  readonly basis: 'estimate' | 'rehearsal' | 'unpriced';
};

/** That the cascade rules were consulted about a stuck task: on what, and what came of it. */
export type Consulted = { readonly on: Consult } & (
  | { readonly came: 'no_rule' }
  | { readonly came: 'not_ready'; readonly cascade: Cascade }
  /** `too_dear`: an approver has to click, because it costs more than a rule may spend alone. */
  | { readonly came: 'too_dear'; readonly next: NextLane }
  | { readonly came: 'goes'; readonly next: NextLane }
);
export type Going = Extract<Consulted, { came: 'goes' }>;

/** Consults the cascade rules about a stuck task; null where there is nothing to consult them about: no lane is dearer. */
export async function consult(
  world: World,
  file: TaskFile,
  { sendBacks, outcomes }: Omit<Stuck, 'lane'>,
): Promise<Consulted | null> {
  const { task, client } = file;
  if (client === null || !hasDearer(task.lane)) return null;
  // What the owner says now counts, not what was said when it was planned.
  const { cloud } = client;
  const on = { lane: task.lane, sendBacks, outcomes: countedOf(outcomes), cloud };
  const cascade = cascadeFor(world.library.rules, factsNow(task.facts, on), on);
  return cascade === undefined ? { on, came: 'no_rule' } : lookAhead(world, file, { on, cascade });
}

/** How the lane is that a rule names, and what it would cost there. */
async function lookAhead(
  world: World,
  { task, requester }: TaskFile,
  { on, cascade }: { readonly on: Consult; readonly cascade: Cascade },
): Promise<Consulted> {
  const health = await lanesNow(world, requester.slackUser);
  const { breaker } = await laneState(world, cascade.to);
  if (health[cascade.to].is !== 'ready' || breaker.is !== 'closed')
    return { on, came: 'not_ready', cascade };
  const weighed = { piece: await pieceOf(world, task), health };
  const price = differenceOf(
    priceAhead(world, weighed, task.lane),
    priceAhead(world, weighed, cascade.to),
  );
  const ahead = { ready: true, difference: price.difference };
  const came = cameOf(ahead, world.library.rules.settings.unaskedUpTo);
  if (came === 'not_ready') return { on, came, cascade };
  return { on, came, next: { cascade, ...price } };
}

function differenceOf(from: Estimate, to: Estimate): Pick<NextLane, 'difference' | 'basis'> {
  if (from.basis === 'unpriced' || to.basis === 'unpriced')
    return { difference: null, basis: 'unpriced' };
  const basis = to.basis === 'rehearsal' ? 'rehearsal' : 'estimate';
  return { difference: nanoUsd(to.high - from.high), basis };
}

type Data = NonNullable<EntryDraft['data']>;

/** What an entry says of the consulting after which a task stayed on its lane; nothing where it goes: that entry says it. */
export function stayedData(consulted: Consulted | null): Data {
  if (consulted === null || consulted.came === 'goes') return {};
  const { on, came: why } = consulted;
  return { stayed: { lane: on.lane, ...onData(on), why, ...wouldData(consulted) } };
}

/** By which rule and where it would have gone. */
function wouldData(consulted: Exclude<Consulted, Going>): Data {
  if (consulted.came === 'no_rule') return {};
  if (consulted.came === 'not_ready') return whither(consulted.cascade);
  const { cascade, ...price } = consulted.next;
  return { ...whither(cascade), ...dearerData(price) };
}

function whither(cascade: Cascade): Data {
  return { rule: ruleRef(cascade), to: cascade.to };
}

/** How much dearer the next lane is, as entries say it. */
export function dearerData({ difference, basis }: Pick<NextLane, 'difference' | 'basis'>): Data {
  return { difference_nano: difference, basis };
}

/** What the rules were consulted on, as entries say it. */
export function onData({ sendBacks, outcomes, cloud }: Consult): Data {
  return { send_backs: sendBacks, outcomes, cloud };
}
