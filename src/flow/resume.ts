import type { Lane } from '../core/lane.ts';
import { healthFor, laneState, takesWork } from './lane-state.ts';
import type { LaneState } from './lane-state.ts';
import { resume } from './plan/resume.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';

/**
 * Lets the tasks that wait for a lane go on, longest held first: all of them where it works, one where it has to be tried,
 * none while it is left alone. How many run at once is the queue's to say.
 */
export async function resumeLane(world: World, lane: Lane): Promise<void> {
  const health = await world.lanes[lane].health();
  if (health.is !== 'ready') return;
  const held = await world.store.heldTasks(`lane:${lane}`);
  if (held.length === 0) return;
  const state = await laneState(world, lane);
  const queued = held.filter((task) => task.returnTo === 'queued');
  const calling = lane === 'seat' ? await withSeat(world, queued) : queued;
  // What only waits to be started calls nobody.
  for (const task of held) if (task.returnTo !== 'queued') await resume(world, task);
  for (const task of calling.slice(0, mostNow(state))) await resume(world, task);
}

/** Those whose person has a seat by now. */
async function withSeat(world: World, tasks: readonly TaskRow[]): Promise<readonly TaskRow[]> {
  const may = await Promise.all(
    tasks.map(async ({ id }) => {
      const file = await world.store.taskFile(id);
      return file !== null && (await healthFor(world, 'seat', file.requester)).is === 'ready';
    }),
  );
  return tasks.filter((_, i) => may[i]);
}

function mostNow(state: LaneState): number {
  if (state.breaker.is === 'closed') return Infinity;
  return takesWork(state) ? 1 : 0;
}
