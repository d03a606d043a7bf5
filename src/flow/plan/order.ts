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
import { resumeAnew } from './decide-turn.ts';
import { FOR_TASK, holdBehind, mustWait, taskBefore } from './in-turn.ts';
import { bringsMore } from './wishes.ts';

/** Whether work on a queued task must wait for the one before it; then it is held, however it came to be queued. */
export async function heldForOrder(world: World, task: TaskRow): Promise<boolean> {
  if (!mustWait(world, task, await taskBefore(world, task))) return false;
  const act = openAct(world.clock);
  showPlan(act, holdBehind(world, act, task));
  await world.store.commit(act.close());
  await takeTurns(world, task.requestId);
  return true;
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
  const back = now.turn === 'go' ? await goOn(world, act, now) : await askHow(world, act, now);
  if (back.state === 'queued') workJob(act, back);
  showPlan(act, back);
  await world.store.commit(act.close());
}

/** What the plan knew of the piece before it still holds, or the rules decide anew with what that one really brings. */
async function goOn(world: World, act: OpenAct, now: Now): Promise<TaskRow> {
  const { task, before, client, request } = now;
  if (before === null || !bringsMore(world, before.facts, task.facts))
    return resume(world, act, now);
  // Without a client no rule can decide it.
  if (client === null) return askHow(world, act, now);
  return resumeAnew(world, act, { task, before, client, request });
}

function resume(world: World, act: OpenAct, { task, before }: Now): TaskRow {
  return move(act, task, {
    event: 'resume',
    mover: { by: 'system', rule: refOf(world.library.rules, 'RESUME') },
    say: { data: before === null ? {} : { before: before.id } },
  });
}

async function askHow(world: World, act: OpenAct, now: Now): Promise<TaskRow> {
  const { before, request } = now;
  const gone =
    before === null
      ? 'The piece before it is gone'
      : `${taskNumber(request.number, before.ordinal)}, which comes before it, was ${before.state}`;
  const number = taskNumber(request.number, now.task.ordinal);
  return askPerson(world, act, {
    task: resume(world, act, now),
    request,
    about: 'order',
    text: `${gone}. Shall ${number} go on without it?`,
    rule: 'ASK-ORDER',
  });
}
