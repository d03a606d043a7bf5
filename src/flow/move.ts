import type { Actor, EntryDraft } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { EntryId } from '../core/id.ts';
import type { RuleRef } from '../core/rule.ts';
import { step } from '../core/task.ts';
import type { Role, TaskEvent } from '../core/task.ts';
import type { OpenAct } from './act.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { TaskRow } from './ports/rows-work.ts';

/** Who causes a step: a person in their roles, or the system under a written rule. */
export type Mover =
  | {
      readonly by: 'person';
      readonly person: PersonRow;
      readonly roles: readonly Role[];
      readonly rule?: RuleRef;
    }
  | { readonly by: 'system'; readonly rule: RuleRef; readonly actor?: Actor };

export type Step = {
  readonly event: TaskEvent;
  readonly mover: Mover;
  /** Further fields of the task that change with the step. */
  readonly set?: Partial<TaskRow>;
  /** Further fields of the entry. */
  readonly say?: Partial<EntryDraft>;
};

/**
 * Moves a task: adds its entry and its row to the act, guarded by the version it was read at, and gives the task as
 * it then is. Throws Fault `not_allowed` or `conflict` when the table of life has no such step for that mover.
 */
export function move(act: OpenAct, task: TaskRow, how: Step): TaskRow {
  const roles: readonly Role[] = how.mover.by === 'system' ? ['system'] : how.mover.roles;
  const taken = step(task, how.event, roles);
  if (!taken.ok) throw notThere(task, how.event, taken.why);
  const rule = how.mover.rule;
  const lastEntry = act.note(
    {
      type: taken.entry,
      actor: actorOf(how.mover),
      ...(rule === undefined ? {} : { rule }),
      ...aboutTask(task),
      from: task.state,
      to: taken.next.state,
      ...how.say,
    },
    task.lastEntry,
  );
  const set: Partial<TaskRow> = {
    waitsFor: null,
    ...how.set,
    state: taken.next.state,
    returnTo: taken.next.returnTo,
    version: task.version + 1,
    changedAt: act.at,
    lastEntry,
  };
  act.change({
    update: 'task',
    set,
    where: { id: task.id, version: task.version, state: task.state },
  });
  return { ...task, ...set };
}

/** The ids every entry about a task carries. */
export function aboutTask(task: TaskRow): Pick<EntryDraft, 'client' | 'request' | 'task'> {
  return {
    ...(task.clientId === null ? {} : { client: task.clientId }),
    request: task.requestId,
    task: task.id,
  };
}

/** An entry about a task that does not move it. */
export function noteOn(
  act: OpenAct,
  task: TaskRow,
  draft: Omit<EntryDraft, 'task' | 'request' | 'client'>,
): EntryId {
  return act.note({ ...draft, ...aboutTask(task) }, task.lastEntry);
}

export function actorOf(mover: Mover): Actor {
  if (mover.by === 'person') return { kind: 'person', id: mover.person.id };
  return mover.actor ?? { kind: 'rule', id: mover.rule };
}

function notThere(task: TaskRow, event: TaskEvent, why: string): Fault {
  return why === 'not_yours'
    ? new Fault(
        'not_allowed',
        `This step (${event}) is not yours to take. Ask an approver of this client.`,
      )
    : new Fault(
        'conflict',
        `The task is ${task.state} now, so ${event} is no longer possible. Look at its card for what is.`,
      );
}
