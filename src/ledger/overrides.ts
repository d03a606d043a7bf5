import type { Moment } from '../core/moment.ts';
import type { OverrideCount, Overridden } from '../core/override.ts';
import { textIn } from './data.ts';
import type { Entry } from './read.ts';

/** One thing a person put in place of what the rules had decided. */
export type Override = {
  /** The id of its entry. */
  readonly entry: string;
  readonly what: Overridden;
  /** Id of the person. */
  readonly by: string;
  /** Id of the rule that had decided; null where the entry names none. */
  readonly rule: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly at: Moment;
};

type Part = Pick<Override, 'what' | 'from' | 'to'>;

/** Every override in these entries, in their order; one entry may hold several. What was only confirmed is none. */
export function overridesIn(entries: readonly Entry[]): readonly Override[] {
  return entries.flatMap((entry) => {
    const { id, actor, at, data } = entry;
    if (actor.kind !== 'person') return [];
    const rule = idOf(textIn(data, 'overrode_rule'));
    return partsOf(entry).map((part) => ({ entry: id, by: actor.id, rule, at, ...part }));
  });
}

/** The lane that a person put another in place of; null where the entry says of none. */
export function replacedLane(entry: Entry): string | null {
  return overridesIn([entry]).find(({ what }) => what === 'lane')?.from ?? null;
}

function partsOf(entry: Entry): readonly Part[] {
  const { type, data, lane, persona } = entry;
  if (type === 'task.rerouted') return changed('lane', textIn(data, 'from_lane'), lane);
  if (type === 'request.pieces_changed') return [{ what: 'pieces', from: null, to: null }];
  if (type === 'task.cancelled') return dropped(entry);
  if (type !== 'task.changed') return [];
  return [
    ...changed('lane', textIn(data, 'overrode_lane'), lane),
    ...changed('persona', textIn(data, 'overrode_persona'), persona),
    ...changed('kind', textIn(data, 'overrode_kind'), textIn(data, 'kind')),
    ...(data['overrode_after'] === undefined
      ? []
      : [{ what: 'order' as const, from: null, to: null }]),
  ];
}

/** Earlier entries name lane and kind even where they stayed: that was no override. */
function changed(what: Overridden, from: string | null, to: string | null): readonly Part[] {
  return from === null || from === to ? [] : [{ what, from, to }];
}

/** A piece that was taken out of a plan alone: the end of a whole plan names a rule, that of a replaced piece its entry. */
function dropped({ from, rule, data }: Entry): readonly Part[] {
  const isAlone = from === 'proposed' && rule === null && data['pieces'] === undefined;
  return isAlone ? [{ what: 'drop', from: null, to: null }] : [];
}

function idOf(ref: string | null): string | null {
  return ref === null ? null : ref.slice(ref.indexOf('#') + 1, ref.indexOf('@'));
}

/** Overrides added up by what was overridden, of which rule, to what; most first. */
export function countOverrides(overrides: readonly Override[]): readonly OverrideCount[] {
  const counts = new Map<string, OverrideCount>();
  for (const { what, rule, to } of overrides) {
    const key = [what, rule, to].join(' ');
    const times = (counts.get(key)?.times ?? 0) + 1;
    counts.set(key, { what, rule, to, times });
  }
  return [...counts.values()].sort((a, b) => b.times - a.times);
}
