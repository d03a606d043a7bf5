import type { EntryDraft } from '../../core/entry.ts';
import type { RuleRef } from '../../core/rule.ts';
import type { OpenAct } from '../act.ts';
import { move } from '../move.ts';
import type { TaskRow } from '../ports/rows-work.ts';

/** Holds a task until the world is different; `waitsFor` says what for, e.g. `lane:senior`, `gate` or `task:1`. */
export function hold(
  act: OpenAct,
  task: TaskRow,
  why: {
    rule: RuleRef;
    waitsFor: string;
    data?: EntryDraft['data'];
    /** Further fields of the task that change with it. */
    set?: Partial<TaskRow>;
  },
): TaskRow {
  return move(act, task, {
    event: 'hold',
    mover: { by: 'system', rule: why.rule },
    set: { ...why.set, waitsFor: why.waitsFor },
    say: { data: { waits_for: why.waitsFor, ...why.data } },
  });
}
