import { Fault } from '../../core/fault.ts';
import { refOf } from '../../core/rule-set.ts';
import { isFinal, mayCause } from '../../core/task.ts';
import { openAct } from '../act.ts';
import { move } from '../move.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { moverOf } from '../pressed.ts';
import { lostReview } from '../review-time.ts';
import type { Press } from '../pressed.ts';
import { showPlan, startAll } from '../start.ts';

/** Run: starts every piece of the plan that only waits for the click. */
export async function startPlan(world: World, press: Press): Promise<PressedOutcome> {
  const { tasks } = press.request;
  const ready = tasks.filter((t) => t.state === 'proposed');
  if (ready.length === 0)
    throw new Fault('conflict', 'Nothing of this plan waits for a start any more.');
  if (!mayCause('proposed', 'start', press.roles))
    throw new Fault(
      'not_allowed',
      'Only the requester, if a member of the practice, or an approver starts work. Nothing was changed.',
    );
  const act = openAct(world.clock);
  const started = startAll(world, act, { tasks: ready, person: press.person, roles: press.roles });
  for (const task of started.slice(0, 1)) showPlan(act, task);
  return (await world.store.commit(act.close())) === 'done'
    ? { is: 'done' }
    : { is: 'refused', says: 'The plan changed while you pressed. Look at the card again.' };
}

/** Cancel: every piece that is not final, or the one of this card. What a lane still answers is booked and discarded. */
export async function cancelAll(world: World, press: Press): Promise<PressedOutcome> {
  const tasks = press.task === null ? press.request.tasks : [press.task.task];
  const open = tasks.filter((t) => !isFinal(t.state) && t.state !== 'approved');
  if (open.length === 0) throw new Fault('conflict', 'Nothing is left to cancel.');
  const act = openAct(world.clock);
  const mover = { ...moverOf(press), rule: refOf(world.library.rules, 'CANCEL') };
  for (const task of open) {
    const event = task.state === 'proposed' ? 'drop' : 'cancel';
    const ending = { task, at: act.at, person: press.person.id };
    const say = { data: await lostReview(world, ending) };
    showPlan(act, move(act, task, { event, mover, say }));
    world.running.stop(task.id);
    if (task.state === 'waiting' && task.draftId !== null)
      act.show({
        key: `gate:${task.draftId}`,
        kind: 'gate',
        place: { at: 'review' },
        requestId: task.requestId,
        taskId: task.id,
        draftId: task.draftId,
      });
  }
  return (await world.store.commit(act.close())) === 'done'
    ? { is: 'done', says: 'Cancelled.' }
    : { is: 'refused', says: 'The work moved on while you pressed. Look at the card again.' };
}
