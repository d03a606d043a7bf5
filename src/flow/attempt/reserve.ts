import type { Amounts } from '../../core/budget.ts';
import { NOT_KNOWN, NOTHING_SPENT } from '../../core/budget.ts';
import { creditsOf, microCredits } from '../../core/credits.ts';
import type { AttemptId } from '../../core/id.ts';
import type { Lane } from '../../core/lane.ts';
import { countsWithout } from '../../core/lost-answer.ts';
import type { NanoUsd } from '../../core/money.ts';
import { NO_COST } from '../../core/money.ts';
import type { Cost } from '../../core/cost.ts';
import { worstCase } from '../../core/worst-case.ts';
import { CALL_LIMITS } from './limits.ts';
import type { CallLimits } from './limits.ts';
import type { OpenAct } from '../act.ts';
import { PROVIDERS } from '../plan/piece.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { Reserving, Scope, Settling } from '../ports/rows-budgets.ts';
import type { AttemptRow, RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { Contract, World } from '../ports/world.ts';

/** A call about to be made: for which task, and everything that is sent. */
export type Ahead = {
  readonly attempt: AttemptId;
  readonly task: Pick<TaskRow, 'clientId' | 'lane' | 'requestId'>;
  readonly file: { readonly request: Pick<RequestRow, 'personId'> };
  readonly system: string;
  readonly material: string;
  readonly contract: Pick<Contract, 'schema'>;
  readonly limits?: CallLimits;
};

/** What a call takes of every budget that counts it: the most it may come to on its lane, as things are now. */
export async function reserving(
  world: Pick<World, 'lanes' | 'library' | 'facility'>,
  { at }: Pick<OpenAct, 'at'>,
  ahead: Ahead,
): Promise<Reserving> {
  const { lane } = ahead.task;
  const health = await world.lanes[lane].health();
  const model = health.is === 'ready' ? health.model : '';
  const worst = worstCase(
    {
      lane,
      asked: { provider: PROVIDERS[lane], model, at },
      bytes: bytesOf(ahead),
      ...(ahead.limits ?? CALL_LIMITS),
      rehearsal: health.is === 'ready' && health.rehearsal,
    },
    world.library.prices,
  );
  const { zone } = world.facility;
  return { does: 'reserve', attempt: ahead.attempt, scope: scopeOf(ahead), worst, at, zone };
}

/** Some lanes send the schema twice: as a setting, and in words. */
function bytesOf({ system, material, contract }: Ahead): number {
  const schema = JSON.stringify(contract.schema);
  return new TextEncoder().encode([system, material, schema, schema].join('')).length;
}

function scopeOf({ task, file }: Ahead): Scope {
  const { clientId, lane, requestId } = task;
  return { clientId, lane, requestId, personId: file.request.personId };
}

/** What an attempt came to, for the budgets it was reserved from. */
export function settledBy(
  { id, lane }: Pick<AttemptRow, 'id' | 'lane'>,
  { result, cost }: { readonly result: LaneResult; readonly cost: Cost },
): Settling {
  const { input, cacheRead, cacheWrite, output } = result.usage;
  const spent: Amounts = {
    cash: partOf(cost, 'cash'),
    credits: creditsBy(lane, { result, cost }),
    tokens: input + cacheRead + cacheWrite + output,
    minutes: Math.round(result.latencyMs),
  };
  return { does: 'settle', attempt: id, spent, counted: 'booked' };
}

/** What the seat reported, else what the list price says; a stand-in draws nothing. */
function creditsBy(lane: Lane, { result, cost }: { result: LaneResult; cost: Cost }) {
  if (result.rehearsal) return 0;
  if (result.credits !== undefined) return microCredits(result.credits);
  return creditsOf(lane, partOf(cost, 'list'));
}

/** A part of what was booked; null where nobody knows. A stand-in is no money. */
function partOf(cost: Cost, part: 'cash' | 'list'): NanoUsd | null {
  if (cost.basis === 'unpriced') return null;
  return cost.basis === 'rehearsal' ? NO_COST : cost[part];
}

/** What an attempt without an answer counts as: nothing where it was turned away, its worst case where nobody knows. */
export function settledWithout(
  { id, lane }: { readonly id: AttemptId; readonly lane: Lane },
  outcome: string,
): Settling {
  const counted = lane === 'tool' ? 'free' : countsWithout(outcome);
  const spent = counted === 'free' ? NOTHING_SPENT : NOT_KNOWN;
  return { does: 'settle', attempt: id, spent, counted };
}
