import { Fault } from '../../core/fault.ts';
import { LANES, isDearer } from '../../core/lane.ts';
import type { Lane } from '../../core/lane.ts';
import { ofTask } from '../about.ts';
import { openAct } from '../act.ts';
import { keepChanged } from '../answer/keep-example.ts';
import { decidePiece, fileWordsOf, lanesNow } from './piece.ts';
import type { Decided } from './piece.ts';
import { pieceOf } from '../attempt/material.ts';
import { move } from '../move.ts';
import { placement, routeData } from './route-data.ts';
import { formOf } from '../read.ts';
import { showPlan, workJob } from '../start.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { chosen, moverOf } from '../pressed.ts';
import type { Press } from '../pressed.ts';
import { lostReview } from '../review-time.ts';

export const MOVED_ON: PressedOutcome = {
  is: 'refused',
  says: 'The plan changed while you pressed. Look at the card again.',
};

const NO_LANE: PressedOutcome = {
  is: 'refused',
  says: `Expected a lane (${LANES.join(', ')}), got none. Choose one in the form.`,
};

/** Drops one piece of a plan before it starts. */
export async function dropPiece(world: World, press: Press): Promise<PressedOutcome> {
  const task = chosen(press);
  const act = openAct(world.clock);
  showPlan(
    act,
    move(act, task, {
      event: task.state === 'proposed' ? 'drop' : 'cancel',
      mover: moverOf(press),
      say: { data: await lostReview(world, { task, at: act.at, person: press.person.id }) },
    }),
  );
  return (await world.store.commit(act.close())) === 'done' ? { is: 'done' } : MOVED_ON;
}

/** Changes lane or kind of one piece before it starts. The rules' limits still bind; the override is an entry. */
export async function changePiece(world: World, press: Press): Promise<PressedOutcome> {
  if (press.pressed.fields === undefined) return formOf(world, press, 'change');
  const task = press.task?.task ?? chosen(press);
  if (task.state !== 'proposed') return reroute(world, press);
  const client = clientOf(press);
  const { lane, kind } = press.pressed.fields;
  const decided = await redecide(world, { task, client, ...(kind === undefined ? {} : { kind }) });
  const wanted = laneNamed(lane) ?? decidedLane(decided) ?? task.lane;
  refuseForbidden(decided, wanted);
  const act = openAct(world.clock);
  const route = await routeData(world, act, { decided, about: ofTask(task) });
  const changed = move(act, task, {
    event: 'change',
    mover: moverOf(press),
    set: { ...placement(decided), lane: wanted, minutes: decided.minutes },
    say: {
      lane: wanted,
      data: { ...route, overrode_lane: task.lane, overrode_kind: task.kind },
    },
  });
  await keepChanged(world, act, { was: task, task: changed, decided, person: press.person });
  showPlan(act, changed);
  return (await world.store.commit(act.close())) === 'done' ? { is: 'done' } : MOVED_ON;
}

/** Sends a task that was started already to another lane; a dearer one needs an approver. Without a lane it asks for one. */
export async function reroute(world: World, press: Press): Promise<PressedOutcome> {
  const { fields, choice } = press.pressed;
  const wanted = laneNamed(fields?.['lane'] ?? choice);
  if (wanted === undefined) return fields === undefined ? formOf(world, press, 'change') : NO_LANE;
  const task = press.task?.task ?? chosen(press);
  refuseDearer(press, task, wanted);
  const decided = await redecide(world, { task, client: clientOf(press) });
  refuseForbidden(decided, wanted);
  const act = openAct(world.clock);
  const route = await routeData(world, act, { decided, about: ofTask(task) });
  const queued = move(act, task, {
    event: 'reroute',
    mover: moverOf(press),
    set: { lane: wanted, trace: placement(decided).trace },
    say: { lane: wanted, data: { from_lane: task.lane, ...route } },
  });
  workJob(act, queued);
  showPlan(act, queued);
  return (await world.store.commit(act.close())) === 'done'
    ? { is: 'done', says: `Goes to the ${wanted} lane.` }
    : MOVED_ON;
}

function refuseDearer(press: Press, task: TaskRow, wanted: Lane): void {
  if (isDearer(task.lane, wanted) && !press.roles.some((r) => r === 'approver' || r === 'owner'))
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

export function clientOf(press: Press): ClientRow {
  if (press.request.client === null)
    throw new Fault(
      'conflict',
      'It is not known yet for whom this is. Answer that question first.',
    );
  return press.request.client;
}

/** Lets the rules decide a task again, from its words and with what a person said since. */
export async function redecide(
  world: World,
  again: { readonly task: TaskRow; readonly client: ClientRow; readonly kind?: string },
): Promise<Decided> {
  const kind = again.kind ?? kindSaid(again.task);
  const piece = await pieceOf(world, again.task);
  return decidePiece(world, {
    piece,
    fileWords: fileWordsOf(again.task.facts, piece),
    client: again.client,
    health: await lanesNow(world),
    own: await world.examples.of(again.client.id),
    ...(kind === undefined ? {} : { kind }),
    rounds: again.task.round,
  });
}

/** The kind, where a person said it before: what was answered is not read from the words again. */
function kindSaid({ trace }: TaskRow): string | undefined {
  const { value, from } = trace.facts.kind;
  return from === 'person' ? value : undefined;
}

function decidedLane({ route }: Decided): Lane | undefined {
  return route.is === 'lane' || route.is === 'hold' ? route.lane : undefined;
}

function laneNamed(text: string | undefined): Lane | undefined {
  return LANES.find((lane) => lane === text);
}

/** A click can do much, but never what a limit forbids. */
function refuseForbidden({ route }: Decided, lane: Lane): void {
  const limit = route.trace.limits.find((l) => l.forbid.includes(lane));
  if (limit !== undefined)
    throw new Fault(
      'not_allowed',
      `The rule ${limit.rule.split('@')[0]} forbids the ${lane} lane for this. Nothing was changed.`,
    );
}
