import { ENTRY_TYPES } from '../core/entry-type.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { State } from '../core/task.ts';
import type { Invariant, Now } from './invariant.ts';
import { INVARIANTS } from './invariants.ts';
import { emptyPast } from './past.ts';
import type { Past } from './past.ts';
import type { Entry } from './read.ts';
import { addRefs } from './refs.ts';
import { remember } from './remember.ts';
import { stepOf } from './step-of.ts';

/** Something that was found in the record: where, and expected and got in a sentence. */
export type Finding = {
  readonly place: string;
  /** `note`: worth a look, but nothing that must not be. */
  readonly level: 'fault' | 'note';
  readonly says: string;
};

/** Reads one log from its first entry on and holds it against INVARIANTS. Keeps some 40 bytes of an entry, and its open tasks. */
export type History = {
  /** Takes the next entry, which stands at that index of the log, and gives what is wrong with it. */
  take(entry: Entry, index: number): readonly Finding[];
  /** What is left open at the end of the log. */
  end(): readonly Finding[];
  /** Every written rule the entries named so far, as `file#id@hash`. */
  rules(): ReadonlySet<string>;
  /** SHA-256 hex of every kept text (rule, persona, price, difference) the entries named so far. */
  texts(): ReadonlySet<string>;
  /** The rule sets the entries so far say of, by hash. */
  ruleSets(): RuleSetsNamed;
  /** Where every task stands now. */
  tasks(): readonly TaskEnd[];
};

/**
 * Rule sets by the SHA-256 hex of their manifest: those under which entries were written, those that the practice's own
 * log says were put in force, and those of them that are kept whole.
 */
export type RuleSetsNamed = {
  readonly named: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
  readonly kept: ReadonlySet<string>;
};

/** Where the entries leave a task: after so many steps, by the entry of the last. */
export type TaskEnd = {
  readonly task: string;
  readonly state: State;
  readonly steps: number;
  readonly last: string;
};

/** The invariants that look at entries of a type. A type of no closed list is looked at as all are. */
const BY_TYPE: ReadonlyMap<EntryType, readonly Invariant[]> = new Map(
  ENTRY_TYPES.map((type) => [type, lookingAt(type)]),
);
const OF_ALL = INVARIANTS.filter(({ of }) => of === 'all');
const NOTHING: readonly Finding[] = [];

function lookingAt(type: EntryType): readonly Invariant[] {
  return INVARIANTS.filter(({ of }) => of === 'all' || of.includes(type));
}

/** Begins with an empty log; `client` where it is known whose it is, null for the practice's own. */
export function readHistory(client?: string | null): History {
  const past = emptyPast(client);
  const refs = { rules: new Set<string>(), texts: new Set<string>() };
  const policies = new Set<string>();
  return {
    take: (entry, index) => {
      const now = nowOf(entry, past);
      const found = brokenIn(now, index);
      addRefs(entry, refs);
      policies.add(entry.policy);
      remember(now, index);
      return found;
    },
    end: () => openAttempts(past),
    rules: () => refs.rules,
    texts: () => refs.texts,
    ruleSets: () => ({ ...past.ruleSets, named: policies }),
    tasks: () =>
      [...past.tasks].map(([task, { standing, steps, last }]) => ({
        task,
        state: standing.state,
        steps,
        last,
      })),
  };
}

/** How an entry is named in findings. */
export function placeOf({ id, type }: Pick<Entry, 'id' | 'type'>, index: number): string {
  return `entry ${index}, ${type} ${id}`;
}

function nowOf(entry: Entry, past: Past): Now {
  const task = entry.task === null ? undefined : past.tasks.get(entry.task);
  const step = task === undefined || entry.to === null ? undefined : stepOf(task.standing, entry);
  const causeAt = entry.cause === null ? -1 : past.find(entry.cause);
  return { entry, past, task, step, causeAt };
}

function brokenIn(now: Now, index: number): readonly Finding[] {
  const { entry } = now;
  let found: Finding[] | undefined;
  for (const { broken, level } of BY_TYPE.get(entry.type) ?? OF_ALL) {
    const says = broken(now);
    if (says !== undefined) (found ??= []).push({ place: placeOf(entry, index), level, says });
  }
  return found ?? NOTHING;
}

function openAttempts({ tasks }: Past): readonly Finding[] {
  return [...tasks.values()].flatMap(({ attempts }) =>
    attempts
      .filter(({ isOpen }) => isOpen)
      .map(({ id, entry, index }) => ({
        place: placeOf({ id: entry, type: 'attempt.started' }, index),
        level: 'note' as const,
        says: `the attempt ${id} has not ended: it is running, or was cut off`,
      })),
  );
}
