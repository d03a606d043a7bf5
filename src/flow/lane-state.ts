import { breakerOf } from '../core/breaker.ts';
import type { Breaker, LaneTry } from '../core/breaker.ts';
import { FAULT_PLANS, mendStep } from '../core/fault-plan.ts';
import { LANES } from '../core/lane.ts';
import type { Lane } from '../core/lane.ts';
import { wallClock } from '../core/moment.ts';
import type { OpenAct } from './act.ts';
import type { LaneRecord } from './ports/attempts.ts';
import type { LaneHealth } from './ports/lanes.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';
import type { Health } from './plan/piece.ts';

/** How a lane is for the work somebody asked for: a seat is for its own person, every other lane for everybody. */
export function healthFor(
  { lanes }: Pick<World, 'lanes'>,
  lane: Lane,
  { slackUser }: Pick<PersonRow, 'slackUser'>,
): Promise<LaneHealth> {
  return lane === 'seat' ? lanes.seat.health(slackUser) : lanes[lane].health();
}

/** What deciding about a lane needs of the world. */
type Deciding = Pick<World, 'store' | 'library' | 'clock'>;

/** How a lane stands by its own record, and the record. */
export type LaneState = { readonly breaker: Breaker; readonly record: LaneRecord };

/** Reads a lane's record and decides; `latest` is an end that is being written now. */
export async function laneState(world: Deciding, lane: Lane, latest?: LaneTry): Promise<LaneState> {
  const read = await world.store.laneRecord(lane);
  const record = latest === undefined ? read : { ...read, ended: [latest, ...read.ended] };
  const numbers = world.library.rules.settings.breaker;
  return { breaker: breakerOf(record.ended, numbers, world.clock.now()), record };
}

/** Whether the lane may be called: it is well, or its pause is over and nobody is trying it. */
export function takesWork(state: LaneState): boolean {
  return state.breaker.is !== 'open' && !isBeingTried(state);
}

/** Whether somebody is trying the lane since its pause ended. */
function isBeingTried({ breaker, record }: LaneState): boolean {
  return breaker.is === 'half_open' && (record.openSince ?? 0) >= breaker.until;
}

/**
 * The name of the one try a lane gets when its pause is over: the newest end on it is in the name, so that a try that
 * was lost leaves room for another one.
 */
export function probeName(lane: Lane, { record }: LaneState): string {
  return `probe:${lane}:${record.ended[0]?.id ?? 'first'}`;
}

/** Looks at the tasks that wait for a lane when its pause is over; asked for often, it is one job. */
export function resumeJob(act: OpenAct, lane: Lane, { breaker }: LaneState): void {
  if (breaker.is === 'closed') return;
  act.job({
    queue: 'aios',
    name: 'resume',
    subject: lane,
    jobId: `resume_${lane}_${breaker.until}`,
    dueAt: breaker.until,
  });
}

/**
 * How the lanes are, for people: as they say themselves, unless their own record says that nothing is sent there for a
 * while. Plans go by what the lanes say: what passes in a minute changes no decision.
 */
export async function lanesTold(
  world: Deciding & Pick<World, 'facility'>,
  health: Health,
): Promise<Health> {
  const pairs = LANES.map(async (lane) => {
    const now = health[lane];
    if (now.is !== 'ready') return [lane, now] as const;
    const { breaker } = await laneState(world, lane);
    if (breaker.is === 'closed') return [lane, now] as const;
    return [lane, outOf(lane, breaker, world.facility.zone)] as const;
  });
  return Object.fromEntries(await Promise.all(pairs)) as Health;
}

/** What is said of a lane that is left alone: why, until when, and what a person can do. */
export function outOf(
  lane: Lane,
  breaker: Exclude<Breaker, { is: 'closed' }>,
  zone: string,
): Extract<LaneHealth, { is: 'down' }> {
  const at = wallClock(zone);
  const times = breaker.faults === 1 ? 'The last call' : `The last ${breaker.faults} calls`;
  const why = breaker.named
    ? 'The service asks to be left alone for a while'
    : `${times} failed (${breaker.code.replaceAll('_', ' ')}: ${lowered(FAULT_PLANS[breaker.code].means)})`;
  const when =
    breaker.is === 'open' ? `it is tried again at ${at(breaker.until)}` : 'one task tries it now';
  return {
    is: 'down',
    why: `${why}; ${when}.`,
    next: mendStep(breaker.code, lane),
  };
}

/** A sentence as part of another one. */
function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}
