import { Fault } from '../core/fault.ts';
import { FAULT_PLANS } from '../core/fault-plan.ts';
import type { TaskId } from '../core/id.ts';
import { refOf } from '../core/rule-set.ts';
import { openAct } from './act.ts';
import { beginAttempt } from './attempt/begin.ts';
import type { Begun } from './attempt/begin.ts';
import { callLane } from './attempt/call-lane.ts';
import { fillFiles } from './attempt/in-parts.ts';
import { finishWork } from './attempt/finish.ts';
import { workFailed } from './attempt/failed.ts';
import { closeInterrupted } from './attempt/lost.ts';
import { stoppedOnWayOut, stoppedBefore } from './attempt/stopped.ts';
import { healthFor, laneState, probeName, resumeJob, takesWork } from './lane-state.ts';
import type { LaneState } from './lane-state.ts';
import { hold } from './plan/hold.ts';
import { heldForOrder } from './plan/order.ts';
import { resumeLane } from './resume.ts';
import { showPlan } from './start.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

/**
 * Works on a queued task: claims it and writes the attempt down, calls the lane, writes down how it ended and what
 * came of it. A task found `working` was left so by a process that died: its attempt is closed as interrupted first.
 */
export async function work(world: World, id: TaskId, signal: AbortSignal): Promise<void> {
  const file = await world.store.taskFile(id);
  if (file === null) return;
  if (file.task.state === 'working') return closeInterrupted(world, file);
  if (file.task.state !== 'queued') return;
  if (await heldForOrder(world, file.task)) return;
  if (await stoppedOnWayOut(world, file)) return;
  const begun = await begunOrStopped(world, file, signal);
  if (begun === null) return;
  const call = world.running.begin(id, signal);
  try {
    const called = await callLane(world, begun, call.signal);
    await finishWork(world, await fillFiles(world, called, call.signal));
  } catch (thrown) {
    if (!(thrown instanceof Fault) || FAULT_PLANS[thrown.code].step === 'job') throw thrown;
    await workFailed(world, begun, thrown);
  } finally {
    call.end();
  }
}

/** What cannot even be asked for is put to a person: the queue would try it again and again, and nobody would hear of it. */
async function begunOrStopped(
  world: World,
  file: TaskFile,
  signal: AbortSignal,
): Promise<Begun | null> {
  try {
    return await claimed(world, file, signal);
  } catch (thrown) {
    if (!(thrown instanceof Fault) || FAULT_PLANS[thrown.code].step !== 'ask') throw thrown;
    await stoppedBefore(world, file, thrown);
    return null;
  }
}

/** Claims the task, unless its lane cannot be called now or another was first. */
async function claimed(world: World, file: TaskFile, signal: AbortSignal): Promise<Begun | null> {
  const turn = await mayCall(world, file);
  if (turn.is === 'held') return null;
  const { probe } = turn;
  const begun = await beginAttempt(world, file, { purpose: 'work', signal, probe });
  if (begun === null && probe !== null) await heldBehindProbe(world, file.task.id);
  return begun;
}

/** Whether a task may call its lane; `probe` is the name of its one try. */
type Turn = { readonly is: 'go'; readonly probe: string | null } | { readonly is: 'held' };

/**
 * Whether the lane may be called; as the one try it gets where its pause is over. A lane that cannot take work now holds
 * the task, which says so; nothing moves to another lane by itself.
 */
async function mayCall(world: World, { task, requester }: TaskFile): Promise<Turn> {
  const state = await laneState(world, task.lane);
  const { breaker } = state;
  if (!takesWork(state)) return heldForFaults(world, task, state);
  const health = await healthFor(world, task.lane, requester);
  if (health.is === 'ready')
    return { is: 'go', probe: breaker.is === 'closed' ? null : probeName(task.lane, state) };
  const rule = refOf(world.library.rules, health.is === 'off' ? 'HOLD-LANE-OFF' : 'HOLD-LANE-DOWN');
  const act = openAct(world.clock);
  showPlan(act, hold(act, task, { rule, waitsFor: `lane:${task.lane}` }));
  await world.store.commit(act.close());
  return { is: 'held' };
}

/** The lane failed too often in a row: until it answered somebody, everybody else waits. */
async function heldForFaults(world: World, task: TaskRow, state: LaneState): Promise<Turn> {
  const { breaker } = state;
  const act = openAct(world.clock);
  resumeJob(act, task.lane, state);
  const data =
    breaker.is === 'closed'
      ? {}
      : { fault: breaker.code, faults: breaker.faults, until: breaker.until };
  const rule = refOf(world.library.rules, 'HOLD-LANE-FAULTS');
  showPlan(act, hold(act, task, { rule, waitsFor: `lane:${task.lane}`, data }));
  await world.store.commit(act.close());
  // Whoever tried the lane may have been answered, and let all that were held go on, before this task was one of them.
  if (takesWork(await laneState(world, task.lane))) await resumeLane(world, task.lane);
  return { is: 'held' };
}

/** Another task got the one try: this one waits for what comes of it, unless somebody moved it meanwhile. */
async function heldBehindProbe(world: World, id: TaskId): Promise<void> {
  const file = await world.store.taskFile(id);
  if (file?.task.state !== 'queued') return;
  await heldForFaults(world, file.task, await laneState(world, file.task.lane));
}
