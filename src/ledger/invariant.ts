import type { EntryType } from '../core/entry-type.ts';
import type { Past, TaskPast } from './past.ts';
import type { Entry } from './read.ts';
import type { Taken } from './step-of.ts';

/** An entry with what came before it in its log. */
export type Now = {
  readonly entry: Entry;
  readonly past: Past;
  /** The task it is about, as the entries before it left it; undefined for none and for one that has not begun. */
  readonly task: TaskPast | undefined;
  /** The step of that task it is about; undefined where it is about none that the life of a task has. */
  readonly step: Taken | undefined;
  /** Where its cause stands among the entries before; -1 for none. */
  readonly causeAt: number;
};

/** One thing that holds for every entry of a log, given the entries before it. */
export type Invariant = {
  readonly name: string;
  /** In one sentence, for the docs. */
  readonly holds: string;
  /** `note`: worth a look, but nothing that must not be. */
  readonly level: 'fault' | 'note';
  /** The types of entry it looks at. */
  readonly of: 'all' | readonly EntryType[];
  /** What is wrong, as a sentence: expected, got. Undefined when it holds. */
  readonly broken: (now: Now) => string | undefined;
};
