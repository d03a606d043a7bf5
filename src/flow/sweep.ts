import { refOf } from '../core/rule-set.ts';
import { isFinal } from '../core/task.ts';
import { ofTask } from './about.ts';
import { openAct } from './act.ts';
import { move } from './move.ts';
import { FOR_TASK, takeTurns } from './plan/order.ts';
import { lanesNow } from './plan/piece.ts';
import { taskNumber } from '../core/id.ts';
import { showGate } from './review.ts';
import { lostReview } from './review-time.ts';
import { reviewJob, showPlan, workJob } from './start.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A check that could not run is not tried every minute: each try is an entry for ever. */
const GATE_PAUSE_MS = HOUR / 6;

/**
 * Looks after what waits: held tasks go on when what held them is gone, old cards remind once a day, and what nobody
 * decided for long expires as a state of its own. Nothing is ever approved by waiting.
 */
export async function sweep(world: World): Promise<void> {
  await resumeHeld(world);
  await resumeInTurn(world);
  for (const { task, number } of await world.store.openTasks(null)) {
    if (isFinal(task.state)) continue;
    await remindOrExpire(world, task, number);
  }
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

/** Goes back to where it was held; what it then needs is queued in the same act. */
async function resume(world: World, task: TaskRow): Promise<void> {
  const act = openAct(world.clock);
  const back = move(act, task, {
    event: 'resume',
    mover: { by: 'system', rule: refOf(world.library.rules, 'RESUME') },
  });
  if (back.state === 'queued') workJob(act, back);
  if (back.state === 'reviewing') reviewJob(act, back);
  showPlan(act, back);
  await world.store.commit(act.close());
}

/** States in which a task waits for a person. */
const WAITS_FOR_PERSON = ['waiting', 'proposed', 'asking', 'failed', 'held'];

async function remindOrExpire(world: World, task: TaskRow, request: number): Promise<void> {
  if (!WAITS_FOR_PERSON.includes(task.state)) return;
  const { remindAfterHours, expireAfterDays } = world.library.rules.settings;
  const waited = world.clock.now() - task.changedAt;
  if (waited >= expireAfterDays * DAY) return expire(world, task);
  if (task.state === 'waiting' && waited >= remindAfterHours * HOUR)
    await remind(world, task, request);
}

async function expire(world: World, task: TaskRow): Promise<void> {
  const act = openAct(world.clock);
  const expired = move(act, task, {
    event: 'expire',
    mover: { by: 'system', rule: refOf(world.library.rules, 'EXPIRE') },
    say: { data: await lostReview(world, { task, at: act.at, person: null }) },
  });
  showPlan(act, expired);
  if (task.state === 'waiting' && task.draftId !== null)
    showGate(act, expired, { id: task.draftId });
  await world.store.commit(act.close());
}

/** A reminder is a new message that mentions the one person it waits for; the step itself starts the wait anew. */
async function remind(world: World, task: TaskRow, request: number): Promise<void> {
  const act = openAct(world.clock);
  const reminded = move(act, task, {
    event: 'remind',
    mover: { by: 'system', rule: refOf(world.library.rules, 'REMIND') },
  });
  const text = `${taskNumber(request, task.ordinal)} still waits for your decision. Its card is above; /aios status shows everything that waits.`;
  const body = await world.bodies.put('note', ofTask(task), text);
  act.change({ insert: 'body', row: body.row });
  act.show({
    key: `remind:${task.id}:${reminded.version}`,
    kind: 'notice',
    place: { at: 'review' },
    requestId: task.requestId,
    taskId: task.id,
    note: { code: 'text', with: { body: body.ref.id } },
  });
  await world.store.commit(act.close());
}
