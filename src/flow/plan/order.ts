import { turnAfter } from '../../core/order.ts';
import type { Turn } from '../../core/order.ts';
import { taskNumber } from '../../core/id.ts';
import { refOf } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { askPerson } from '../answer/ask-person.ts';
import { move } from '../move.ts';
import { showPlan, workJob } from '../start.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { hold } from './hold.ts';

/** Why a piece is held that comes after another one. */
export const FOR_TASK = 'task';

/** A piece whose start was said: its work is queued, or it is held until the one before it is delivered. */
export async function queueInTurn(world: World, act: OpenAct, queued: TaskRow): Promise<TaskRow> {
  const before = await taskBefore(world, queued);
  const isFree = queued.after === null || (before !== null && turnAfter(before.state) === 'go');
  if (!isFree) return holdBehind(world, act, queued);
  workJob(act, queued);
  return queued;
}

function holdBehind(world: World, act: OpenAct, queued: TaskRow): TaskRow {
  const rule = refOf(world.library.rules, 'HOLD-ORDER');
  const data = queued.after === null ? {} : { before: queued.after };
  return hold(act, queued, { rule, waitsFor: FOR_TASK, data });
}

/** Whether work on a queued task must wait for the one before it; then it is held, however it came to be queued. */
export async function heldForOrder(world: World, task: TaskRow): Promise<boolean> {
  const before = await taskBefore(world, task);
  if (before === null || turnAfter(before.state) === 'go') return false;
  const act = openAct(world.clock);
  showPlan(act, holdBehind(world, act, task));
  await world.store.commit(act.close());
  await takeTurns(world, task.requestId);
  return true;
}

/** The task a piece comes after; null where it waits for none. */
export async function taskBefore(
  { store }: Pick<World, 'store'>,
  { after }: Pick<TaskRow, 'after'>,
): Promise<TaskRow | null> {
  return after === null ? null : ((await store.taskFile(after))?.task ?? null);
}

/**
 * Lets every piece of a request that waits for another take its turn if it has come, each in an act of its own: what
 * ended is on record already, and whoever is late finds the piece moved.
 */
export async function takeTurns(world: World, id: RequestRow['id']): Promise<void> {
  const file = await world.store.requestFile(id);
  if (file === null) return;
  const waiting = file.tasks.filter((t) => t.state === 'held' && t.waitsFor === FOR_TASK);
  for (const task of waiting) {
    const before = file.tasks.find((t) => t.id === task.after);
    const turn = before === undefined ? 'ask' : turnAfter(before.state);
    const now = { task, before: before ?? null, turn, request: file.request, client: file.client };
    await takeTurn(world, now);
  }
}

type Now = {
  readonly task: TaskRow;
  readonly before: TaskRow | null;
  readonly turn: Turn;
  readonly request: RequestRow;
  readonly client: ClientRow | null;
};

async function takeTurn(world: World, now: Now): Promise<void> {
  if (now.turn === 'wait') return;
  const act = openAct(world.clock);
  const { task, before } = now;
  const back = move(act, task, {
    event: 'resume',
    mover: { by: 'system', rule: refOf(world.library.rules, 'RESUME') },
    say: { data: before === null ? {} : { before: before.id } },
  });
  if (now.turn === 'go') workJob(act, back);
  showPlan(act, now.turn === 'go' ? back : await askHow(world, act, { ...now, task: back }));
  await world.store.commit(act.close());
}

async function askHow(
  world: World,
  act: OpenAct,
  { task, before, request }: Now,
): Promise<TaskRow> {
  const gone =
    before === null
      ? 'The piece before it is gone'
      : `${taskNumber(request.number, before.ordinal)}, which comes before it, was ${before.state}`;
  const number = taskNumber(request.number, task.ordinal);
  return askPerson(world, act, {
    task,
    request,
    about: 'order',
    text: `${gone}. Shall ${number} go on without it?`,
    rule: 'ASK-ORDER',
  });
}
