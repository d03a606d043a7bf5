import type { EntryType } from '../core/entry-type.ts';
import type { Invariant, Now } from './invariant.ts';

/** What only people do, beside the steps of a task. */
const BY_PEOPLE: ReadonlySet<EntryType> = new Set(['request.received', 'draft.read']);

export const actor: Invariant = {
  name: 'actor',
  holds:
    "What a person decides is never caused by the system, and the system's steps never by a person.",
  level: 'fault',
  of: 'all',
  broken,
};

function broken({ entry, step }: Now): string | undefined {
  const isPerson = entry.actor.kind === 'person';
  if (BY_PEOPLE.has(entry.type) && !isPerson)
    return `expected a person, got the ${entry.actor.kind} ${entry.actor.id}`;
  if (step === undefined) return undefined;
  const isSystems = step.who.includes('system');
  if (isSystems === !isPerson) return undefined;
  return isSystems
    ? `expected the system to cause ${step.event}, got a person`
    : `expected a person to cause ${step.event}, got the ${entry.actor.kind} ${entry.actor.id}`;
}
