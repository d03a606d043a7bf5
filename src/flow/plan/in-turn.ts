import { turnAfter } from '../../core/order.ts';
import { refOf } from '../../core/rule-set.ts';
import type { OpenAct } from '../act.ts';
import { workJob } from '../start.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { hold } from './hold.ts';
import { bringsMore } from './wishes.ts';

/** Why a piece is held that comes after another one. */
export const FOR_TASK = 'task';

/**
 * A piece whose start was said: its work is queued, or it is held until the one before it is delivered, and where that one
 * brings what nobody decided on, until it is decided anew.
 */
export async function queueInTurn(world: World, act: OpenAct, queued: TaskRow): Promise<TaskRow> {
  const before = await taskBefore(world, queued);
  const isGone = before === null && queued.after !== null;
  if (isGone || mustWait(world, queued, before)) return holdBehind(world, act, queued);
  workJob(act, queued);
  return queued;
}

/** Whether a piece may not be worked on as it stands, for what comes before it. */
export function mustWait(
  world: Pick<World, 'library'>,
  task: Pick<TaskRow, 'facts'>,
  before: TaskRow | null,
): boolean {
  if (before === null) return false;
  return turnAfter(before.state) !== 'go' || bringsMore(world, before.facts, task.facts);
}

export function holdBehind(world: World, act: OpenAct, queued: TaskRow): TaskRow {
  const rule = refOf(world.library.rules, 'HOLD-ORDER');
  const data = queued.after === null ? {} : { before: queued.after };
  return hold(act, queued, { rule, waitsFor: FOR_TASK, data });
}

/** The task a piece comes after; null where it waits for none. */
export async function taskBefore(
  { store }: Pick<World, 'store'>,
  { after }: Pick<TaskRow, 'after'>,
): Promise<TaskRow | null> {
  return after === null ? null : ((await store.taskFile(after))?.task ?? null);
}
