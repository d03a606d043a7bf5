import type { Moment } from './moment.ts';
import { moment } from './moment.ts';
import type { Quiet } from './quiet.ts';

/** How long somebody is waited for before a step is taken, milliseconds. */
export type Patience = { readonly remindAfter: number; readonly expireAfter: number };

/** How long a task has waited. */
export type Wait = {
  /** Its last step of any kind, a reminder among them. */
  readonly moved: Moment;
  /** Its last step that was no reminder: with it the wait began. */
  readonly began: Moment;
  /** Whether there is somebody to remind. */
  readonly reminds: boolean;
};

/** What is to be done now. `due`: when it was; `quiet`: whether that was in quiet hours, so that it was put off. */
export type Due =
  | { readonly is: 'nothing' }
  | { readonly is: 'remind' | 'expire'; readonly due: Moment; readonly quiet: boolean };

/**
 * Whether a waiting task is to be reminded of or put away at this moment. Nothing is in quiet hours; the first look after
 * them finds everything that came due in them.
 */
export function whatIsDue(now: Moment, wait: Wait, by: Patience & { readonly quiet: Quiet }): Due {
  const expires = moment(wait.began + by.expireAfter);
  const reminds = moment(wait.moved + by.remindAfter);
  const is = now >= expires ? 'expire' : wait.reminds && now >= reminds ? 'remind' : null;
  if (is === null || by.quiet(now)) return { is: 'nothing' };
  const due = is === 'expire' ? expires : reminds;
  return { is, due, quiet: by.quiet(due) };
}
