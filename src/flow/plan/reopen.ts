import { Fault } from '../../core/fault.ts';
import { ofTask } from '../about.ts';
import { openAct } from '../act.ts';
import { redecide } from './redecide.ts';
import { move } from '../move.ts';
import { chosen, clientOf, MOVED_ON, moverOf } from '../pressed.ts';
import type { Press } from '../pressed.ts';
import { settle } from './put-task.ts';
import { placement, routeData } from './route-data.ts';
import { showGate } from '../review.ts';
import { reviewJob, showPlan, workJob } from '../start.ts';
import type { OpenAct } from '../act.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/**
 * Takes an expired task up again where it stood. A draft that waited waits again, the same bytes; anything earlier is
 * decided anew, because rules, prices and limits may have changed since.
 */
export async function reopenTask(world: World, press: Press): Promise<PressedOutcome> {
  const task = press.task?.task ?? chosen(press);
  if (task.state !== 'expired')
    throw new Fault('conflict', `The task is ${task.state}, so there is nothing to reopen.`);
  const act = openAct(world.clock);
  showPlan(
    act,
    task.returnTo === 'waiting'
      ? waitAgain(act, press, task)
      : await goOn(world, act, { press, task }),
  );
  return (await world.store.commit(act.close())) === 'done' ? { is: 'done' } : MOVED_ON;
}

function waitAgain(act: OpenAct, press: Press, task: TaskRow): TaskRow {
  const waiting = move(act, task, { event: 'reopen', mover: moverOf(press) });
  if (task.draftId !== null) showGate(act, waiting, { id: task.draftId });
  return waiting;
}

type Reopened = { readonly press: Press; readonly task: TaskRow };

async function goOn(world: World, act: OpenAct, { press, task }: Reopened): Promise<TaskRow> {
  const decided = await redecide(world, { task, client: clientOf(press) });
  const route = await routeData(world, act, { decided, about: ofTask(task) });
  const open = move(act, task, {
    event: 'reopen',
    mover: moverOf(press),
    set: { ...placement(decided), minutes: decided.minutes },
    say: { data: route },
  });
  if (open.state === 'reviewing') {
    reviewJob(act, open);
    return open;
  }
  const settled = await settle(world, act, { task: open, request: press.request.request, decided });
  if (settled.state === 'queued') workJob(act, settled);
  return settled;
}
