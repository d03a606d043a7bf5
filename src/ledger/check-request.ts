import type { EntryType } from '../core/entry-type.ts';
import type { Invariant, Now } from './invariant.ts';
import { said } from './said.ts';

/** A request is received in the log of the practice and placed in that of its client. */
const BEGINS: ReadonlySet<EntryType> = new Set(['request.received', 'request.placed']);

export const request: Invariant = {
  name: 'request',
  holds:
    'A request begins once, as received or as placed with its client, before anything else is said of it, and a task stays with its request.',
  level: 'fault',
  of: 'all',
  broken,
};

function broken({ entry, past, task }: Now): string | undefined {
  if (entry.request === null)
    return BEGINS.has(entry.type) ? 'expected the id of its request, got none' : undefined;
  const hasBegun = past.requests.has(entry.request);
  if (BEGINS.has(entry.type))
    return hasBegun
      ? `expected the request ${entry.request} to begin once, got it again`
      : undefined;
  if (!hasBegun) return `expected the request ${entry.request} to have begun, got no entry of that`;
  if (task !== undefined && task.request !== entry.request)
    return `expected the request ${said(task.request)} of its task, got ${entry.request}`;
  return undefined;
}
