import type { Moment } from '../core/moment.ts';
import type { OpenAct } from './act.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { State } from '../core/task.ts';

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
