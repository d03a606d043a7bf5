import type { EntryType } from '../core/entry-type.ts';
import { LIFE, step } from '../core/task.ts';
import type { Role, Standing, TaskEvent } from '../core/task.ts';
import type { Entry } from './read.ts';

/** An event of the life of a task, with those who may cause it. */
export type Row = { readonly event: TaskEvent; readonly who: readonly Role[] };

/** The events of each state by the type of the entry they leave. */
const ROWS: ReadonlyMap<string, ReadonlyMap<string, readonly Row[]>> = new Map(
  Object.entries(LIFE).map(([state, events]) => [state, byType(events)]),
);

type Events = Readonly<
  Record<string, { readonly who: readonly Role[]; readonly entry: EntryType }>
>;

function byType(events: Events): ReadonlyMap<string, readonly Row[]> {
  const rows = Object.entries(events).map(([event, { who, entry }]) => ({ event, who, entry }));
  return new Map(
    rows.map(({ entry }) => [
      entry,
      rows.filter((row) => row.entry === entry).map(({ event, who }) => ({ event, who }) as Row),
    ]),
  );
}

/**
 * The types of entry that only a step of a task leaves. `person.asked` may also be about a request alone, and a budget is
 * raised whether a task waits for it or not.
 */
export const STEP_TYPES: ReadonlySet<EntryType> = new Set(
  Object.values(LIFE)
    .flatMap((events) => Object.values(events as Events))
    .map((row) => row.entry)
    .filter((type) => type !== 'person.asked' && type !== 'budget.raised'),
);

/** A step as an entry says it was taken. */
export type Taken = Row & { readonly next: Standing };

/**
 * The step from where a task stands that this entry can be about, whoever caused it: the type is that of the event and
 * the state after it is the one the entry names. Undefined when the life of a task has none.
 */
export function stepOf(from: Standing, entry: Entry): Taken | undefined {
  for (const row of ROWS.get(from.state)?.get(entry.type) ?? []) {
    const taken = step(from, row.event, row.who);
    if (taken.ok && taken.next.state === entry.to && isMeant(row.event, entry))
      return { ...row, next: taken.next };
  }
  return undefined;
}

/** What the gate said is the event itself; of a start, or of an end, whether a person or a rule caused it. */
function isMeant(event: TaskEvent, { type, data, actor }: Entry): boolean {
  if (type === 'gate.reviewed') return data['outcome'] === event;
  if (event === 'lapse') return actor.kind !== 'person';
  if (event === 'start' || event === 'start_by_rule')
    return (event === 'start') === (actor.kind === 'person');
  return true;
}
