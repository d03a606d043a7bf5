import { Fault } from '../../core/fault.ts';
import { refOf } from '../../core/rule-set.ts';
import { isFinal, mayCause } from '../../core/task.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { move } from '../move.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { isApprover, MOVED_ON, moverOf } from '../pressed.ts';
import { lostReview } from '../review-time.ts';
import type { Press } from '../pressed.ts';
import { showPlan } from '../start.ts';
import { whyApprover } from './may-start.ts';
import { queueInTurn } from './in-turn.ts';
import { takeTurns } from './order.ts';
import { pricesOf } from './prices.ts';

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
  if (!isApprover(press)) await refuseAboveRequester(world, press, ready);
  const act = openAct(world.clock);
  for (const task of ready) showPlan(act, await start(world, act, { task, press }));
  if ((await world.store.commit(act.close())) !== 'done') return MOVED_ON;
  await takeTurns(world, press.request.request.id);
  return { is: 'done' };
}

/** Throws Fault `not_allowed` that names the cap, or the dearer lane, and who may start it. */
async function refuseAboveRequester(
  world: World,
  { request }: Press,
  tasks: readonly TaskRow[],
): Promise<void> {
  const why = whyApprover(world, request.client, await pricesOf(world, tasks));
  if (why.length === 0) return;
  const who = request.approvers.map((a) => a.name).join(', ') || 'nobody yet';
  throw new Fault(
    'not_allowed',
    `${why.join('. ')}. Who may: ${who}. Nothing was started; you can change or drop pieces.`,
  );
}

type Start = { readonly task: TaskRow; readonly press: Press };

async function start(world: World, act: OpenAct, { task, press }: Start): Promise<TaskRow> {
  const queued = move(act, task, {
    event: 'start',
    mover: { ...moverOf(press), rule: refOf(world.library.rules, 'START-CLICK') },
    say: { lane: task.lane, persona: task.persona },
  });
  return queueInTurn(world, act, queued);
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
  if ((await world.store.commit(act.close())) !== 'done')
    return { is: 'refused', says: 'The work moved on while you pressed. Look at the card again.' };
  await takeTurns(world, press.request.request.id);
  return { is: 'done', says: 'Cancelled.' };
}
