import { Fault } from '../core/fault.ts';
import type { TaskId } from '../core/id.ts';
import { refOf } from '../core/rule-set.ts';
import { openAct } from './act.ts';
import { closeInterrupted } from './attempt/end.ts';
import { beginAttempt } from './attempt/begin.ts';
import { callLane } from './attempt/call-lane.ts';
import { fillFiles } from './attempt/in-parts.ts';
import { finishWork } from './attempt/finish.ts';
import { workFailed } from './attempt/failed.ts';
import { stoppedAtDoor } from './attempt/stopped.ts';
import { hold } from './plan/hold.ts';
import { heldForOrder } from './plan/order.ts';
import { showPlan } from './start.ts';
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
  if (await cannotBegin(world, file)) return;
  const begun = await beginAttempt(world, file, { purpose: 'work', signal });
  if (begun === null) return;
  const call = world.running.begin(id, signal);
  try {
    const called = await callLane(world, begun, call.signal);
    await finishWork(world, await fillFiles(world, called, call.signal));
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code === 'database_gone') throw thrown;
    await workFailed(world, begun, thrown);
  } finally {
    call.end();
  }
}

/** Whether it waits for another piece, may not leave the machine, or has no lane now; each of them is written down. */
async function cannotBegin(world: World, file: TaskFile): Promise<boolean> {
  if (await heldForOrder(world, file.task)) return true;
  if (await stoppedAtDoor(world, file)) return true;
  return heldForLane(world, file);
}

/** A lane that cannot take work now holds the task and says so; nothing moves to another lane by itself. */
async function heldForLane(world: World, file: TaskFile): Promise<boolean> {
  const { task } = file;
  const health = await world.lanes[task.lane].health();
  if (health.is === 'ready') return false;
  const act = openAct(world.clock);
  const rule = refOf(world.library.rules, health.is === 'off' ? 'HOLD-LANE-OFF' : 'HOLD-LANE-DOWN');
  hold(act, task, { rule, waitsFor: `lane:${task.lane}` });
  showPlan(act, task);
  await world.store.commit(act.close());
  return true;
}
