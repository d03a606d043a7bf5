import { Fault } from '../../core/fault.ts';
import { isDearer, LANES } from '../../core/lane.ts';
import type { Lane } from '../../core/lane.ts';
import { HUMAN } from '../../core/persona.ts';
import { ofTask } from '../about.ts';
import { openAct } from '../act.ts';
import { move } from '../move.ts';
import { showPlan, workJob } from '../start.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { chosen, clientOf, isApprover, MOVED_ON, moverOf } from '../pressed.ts';
import type { Press } from '../pressed.ts';
import { askerOf } from '../roles.ts';
import { askChange } from './change-form.ts';
import { laneNamed, refuseForbidden } from './named-lane.ts';
import { queueInTurn } from './in-turn.ts';
import { takeTurns } from './order.ts';
import { redecide } from './redecide.ts';
import { placement, routeData } from './route-data.ts';

/** Sends a task that was started already to another lane; a dearer one needs an approver. Without a lane it asks for one. */
export async function reroute(world: World, press: Press): Promise<PressedOutcome> {
  const { fields, choice } = press.pressed;
  const wanted = laneNamed(fields?.['lane'] ?? choice);
  if (wanted === undefined) return fields === undefined ? askChange(world, press) : NO_LANE;
  const task = press.task?.task ?? chosen(press);
  refuseDearer(press, task, wanted);
  const client = clientOf(press);
  const decided = await redecide(world, {
    task,
    client,
    wishes: { lane: wanted, asker: askerOf(press.roles) },
  });
  refuseForbidden(decided.route, wanted);
  const act = openAct(world.clock);
  const route = await routeData(world, act, { decided, about: ofTask(task) });
  const placed = placement(decided);
  // Whoever has it keeps it: it may have been handed on since the rules chose somebody.
  const persona = task.persona === HUMAN ? placed.persona : task.persona;
  const queued = move(act, task, {
    event: 'reroute',
    mover: moverOf(press),
    set: { ...placed, persona },
    say: {
      lane: wanted,
      persona,
      data: { from_lane: task.lane, overrode_rule: task.rule, ...route },
    },
  });
  showPlan(act, await queueInTurn(world, act, queued));
  if ((await world.store.commit(act.close())) !== 'done') return MOVED_ON;
  await takeTurns(world, task.requestId);
  return { is: 'done', says: `Goes to the ${wanted} lane.` };
}

const NO_LANE: PressedOutcome = {
  is: 'refused',
  says: `Expected a lane (${LANES.join(', ')}), got none. Choose one in the form.`,
};

function refuseDearer(press: Press, task: TaskRow, wanted: Lane): void {
  if (isDearer(task.lane, wanted) && !isApprover(press))
    throw new Fault(
      'not_allowed',
      'Only an approver moves work to a dearer lane. Nothing was changed.',
    );
}

/** Tries a failed task again. */
export async function retryTask(world: World, press: Press): Promise<PressedOutcome> {
  const task = press.task?.task ?? chosen(press);
  const act = openAct(world.clock);
  const queued = move(act, task, { event: 'retry', mover: moverOf(press), set: { attempts: 0 } });
  workJob(act, queued);
  showPlan(act, queued);
  return (await world.store.commit(act.close())) === 'done' ? { is: 'done' } : MOVED_ON;
}
