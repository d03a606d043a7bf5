import { addMoney, NO_COST } from '../../core/money.ts';
import { moment } from '../../core/moment.ts';
import { refOf } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import { move } from '../move.ts';
import { showPlan, workJob } from '../start.ts';
import type { AttemptRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { CALL_LIMITS } from './limits.ts';
import { endWithout } from './end.ts';

/** A call that is open for longer than any call may take belongs to a process that is gone. */
const LOST_MS = 2 * CALL_LIMITS.deadlineMs;

/**
 * A process died while it worked on this task: its attempts are closed as interrupted and the task is queued again. Nobody
 * knows whether an answer came or what it cost, so that cost is unpriced and never 0.
 */
export async function closeInterrupted(world: World, file: TaskFile): Promise<void> {
  const act = openAct(world.clock);
  for (const attempt of file.attempts.filter((a) => a.endedAt === null))
    endWithout(world, act, { task: file.task, attempt, outcome: 'interrupted' });
  const spent = file.task.attempts >= world.library.rules.settings.attempts;
  const rule = refOf(world.library.rules, spent ? 'FAIL' : 'INTERRUPTED');
  const task = move(act, file.task, {
    event: spent ? 'fail' : 'retry',
    mover: { by: 'system', rule },
    // Turns that ended before the process died were paid, though the task never heard of it.
    set: {
      costNano: file.attempts.reduce((sum, a) => addMoney(sum, a.costNano ?? NO_COST), NO_COST),
    },
  });
  if (!spent) workJob(act, task);
  showPlan(act, task);
  await world.store.commit(act.close());
}

/** Closes what no job comes back to: calls of tasks that were ended meanwhile, and proposals nobody waits for any more. */
export async function closeLost(world: World): Promise<void> {
  const before = moment(world.clock.now() - LOST_MS);
  for (const attempt of await world.store.openAttempts(before)) await closeOne(world, attempt);
}

async function closeOne(world: World, attempt: AttemptRow): Promise<void> {
  const file = await world.store.taskFile(attempt.taskId);
  if (file === null) return;
  if (file.task.state === 'working') return closeInterrupted(world, file);
  const act = openAct(world.clock);
  endWithout(world, act, { task: file.task, attempt, outcome: 'interrupted' });
  await world.store.commit(act.close());
}
