import type { Moment } from '../core/moment.ts';
import { refOf } from '../core/rule-set.ts';
import type { OpenAct } from './act.ts';
import { move } from './move.ts';
import type { Mover } from './move.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';
import type { Role, State } from '../core/task.ts';

/** The job that works on a task; its id holds the version, so that each queueing is one job. */
export function workJob(act: OpenAct, task: TaskRow, dueAt: Moment = act.at): void {
  act.job({
    queue: `lane-${task.lane}`,
    name: 'work',
    subject: task.id,
    jobId: `work_${task.id}_${task.version}`,
    dueAt,
  });
}

/** The job that checks the current draft of a task. */
export function reviewJob(act: OpenAct, task: TaskRow): void {
  act.job({
    queue: 'aios',
    name: 'review',
    subject: task.id,
    jobId: `review_${task.id}_${task.version}`,
  });
}

/** States a task goes through by itself, or with a card of its own that asks for a person. */
const PASSING: ReadonlySet<State> = new Set([
  'queued',
  'working',
  'reviewing',
  'waiting',
  'approved',
]);

/** Shows the plan card of a task's request with today's content; a state in passing with the next one. */
export function showPlan(act: OpenAct, task: TaskRow): void {
  act.show({
    key: `plan:${task.requestId}`,
    kind: 'plan',
    place: { at: 'review' },
    requestId: task.requestId,
    mayWait: PASSING.has(task.state),
  });
}

/** Starts every task of a plan that only waits for the click. Returns those started. */
export function startAll(
  world: World,
  act: OpenAct,
  by: {
    readonly tasks: readonly TaskRow[];
    readonly person: PersonRow;
    readonly roles: readonly Role[];
  },
): readonly TaskRow[] {
  const mover: Mover = {
    by: 'person',
    person: by.person,
    roles: by.roles,
    rule: refOf(world.library.rules, 'START-CLICK'),
  };
  return by.tasks
    .filter((task) => task.state === 'proposed')
    .map((task) => {
      const queued = move(act, task, {
        event: 'start',
        mover,
        say: { lane: task.lane, persona: task.persona },
      });
      workJob(act, queued);
      return queued;
    });
}
