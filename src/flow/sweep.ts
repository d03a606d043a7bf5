import { LANES } from '../core/lane.ts';
import { closeLost } from './attempt/lost.ts';
import { resumeWithRoom, warnOfBudgets } from './funded.ts';
import { FOR_TASK } from './plan/in-turn.ts';
import { takeTurns } from './plan/order.ts';
import { resume } from './plan/resume.ts';
import { remindAndExpire } from './remind.ts';
import { resumeLane } from './resume.ts';
import type { World } from './ports/world.ts';

const HOUR = 3_600_000;
/** A check that could not run is not tried every minute: each try is an entry for ever. */
const GATE_PAUSE_MS = HOUR / 6;

/**
 * Looks after what waits: calls whose answer was lost are closed, held tasks go on when what held them is gone, old cards
 * remind, and what nobody decided for long expires as a state of its own. Nothing is ever approved by waiting.
 */
export async function sweep(world: World): Promise<void> {
  await closeLost(world);
  for (const lane of LANES) await resumeLane(world, lane);
  await resumeChecks(world);
  await resumeInTurn(world);
  await world.store.settleForgotten();
  await resumeWithRoom(world);
  await warnOfBudgets(world);
  await remindAndExpire(world);
}

async function resumeChecks(world: World): Promise<void> {
  for (const task of await world.store.heldTasks('gate'))
    if (world.clock.now() - task.changedAt >= GATE_PAUSE_MS) await resume(world, task);
}

/** Whoever ended the piece before lets the next one go on at once; this is for a process that died in between. */
async function resumeInTurn(world: World): Promise<void> {
  const requests = (await world.store.heldTasks(FOR_TASK)).map((task) => task.requestId);
  for (const request of new Set(requests)) await takeTurns(world, request);
}
