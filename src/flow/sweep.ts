import { resumeFunded, warnOfBudgets } from './funded.ts';
import { FOR_TASK } from './plan/in-turn.ts';
import { takeTurns } from './plan/order.ts';
import { lanesNow } from './plan/piece.ts';
import { resume } from './plan/resume.ts';
import { remindAndExpire } from './remind.ts';
import type { World } from './ports/world.ts';

const HOUR = 3_600_000;
/** A check that could not run is not tried every minute: each try is an entry for ever. */
const GATE_PAUSE_MS = HOUR / 6;

/**
 * Looks after what waits: held tasks go on when what held them is gone, old cards remind, and what nobody decided for
 * long expires as a state of its own. Nothing is ever approved by waiting.
 */
export async function sweep(world: World): Promise<void> {
  await resumeHeld(world);
  await resumeInTurn(world);
  await world.store.settleForgotten();
  await resumeFunded(world);
  await warnOfBudgets(world);
  await remindAndExpire(world);
}

async function resumeHeld(world: World): Promise<void> {
  const health = await lanesNow(world);
  const back = Object.entries(health).filter(([, now]) => now.is === 'ready');
  const reasons = ['gate', ...back.map(([lane]) => `lane:${lane}`)];
  for (const reason of reasons)
    for (const task of await world.store.heldTasks(reason))
      if (reason !== 'gate' || world.clock.now() - task.changedAt >= GATE_PAUSE_MS)
        await resume(world, task);
}

/** Whoever ended the piece before lets the next one go on at once; this is for a process that died in between. */
async function resumeInTurn(world: World): Promise<void> {
  const requests = (await world.store.heldTasks(FOR_TASK)).map((task) => task.requestId);
  for (const request of new Set(requests)) await takeTurns(world, request);
}
