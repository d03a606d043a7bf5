import type { Invariant, Now } from './invariant.ts';
import type { Spell } from './past.ts';
import { said } from './said.ts';

/**
 * An end of somebody's rights and their last approval may be written in the same seconds, each in its transaction: then
 * the end can come first in the log although its time is later.
 */
const SAME_SECONDS = 60_000;

export const approval: Invariant = {
  name: 'approval',
  holds:
    'Only somebody who decides for the client at that time approves, and the person who approves answers for it.',
  level: 'fault',
  of: ['draft.approved'],
  broken,
};

function broken({ entry, past }: Now): string | undefined {
  const { kind, id } = entry.actor;
  if (kind !== 'person') return undefined;
  if (!isInForce(past.approvers.get(id), entry.at))
    return `expected an approver of this client at that time, got the person ${id}`;
  const { responsible } = entry.data;
  if (responsible !== id)
    return `expected ${id}, who approved, to answer for it, got ${said(responsible)}`;
  return undefined;
}

function isInForce(spell: Spell | undefined, at: number): boolean {
  if (spell === undefined || at < spell.since) return false;
  return spell.until === null || (at < spell.until && spell.until - at <= SAME_SECONDS);
}
