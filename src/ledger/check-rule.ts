import type { EntryType } from '../core/entry-type.ts';
import type { Invariant, Now } from './invariant.ts';
import { STEP_TYPES } from './step-of.ts';
import { said } from './said.ts';

/** What the system decides. Settings, and the upkeep of the record itself, are no decisions. */
const DECISIONS: ReadonlySet<EntryType> = new Set<EntryType>([
  ...STEP_TYPES,
  'request.split',
  'piece.answered',
  'request.nothing_to_do',
  'task.routed',
  'attempt.started',
  'attempt.ended',
  'disclosure.issued',
  'draft.attributed',
  'person.asked',
]);

export const rule: Invariant = {
  name: 'rule',
  holds: 'Every decision of the system names the written rule behind it as `file#id@hash`.',
  level: 'fault',
  of: 'all',
  broken,
};

function broken({ entry }: Now): string | undefined {
  const { kind, id } = entry.actor;
  if (kind === 'rule' && entry.rule !== id)
    return `expected the rule ${id}, which acted, got ${said(entry.rule)}`;
  if (kind === 'person' || entry.rule !== null || !DECISIONS.has(entry.type)) return undefined;
  return `expected the rule behind what the ${kind} ${id} decided, got none`;
}
