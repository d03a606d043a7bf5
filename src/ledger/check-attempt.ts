import { isFinal } from '../core/task.ts';
import type { Invariant, Now } from './invariant.ts';
import { said } from './said.ts';

export const attempt: Invariant = {
  name: 'attempt',
  holds:
    'An attempt begins once, on a task that is not done, and ends at most once, on the same lane, with a cost or as unpriced. One that never ended is reported as open.',
  level: 'fault',
  of: ['attempt.started', 'attempt.ended', 'draft.made'],
  broken,
};

function broken(now: Now): string | undefined {
  const { entry, task } = now;
  if (entry.type === 'draft.made' && entry.attempt === null) return undefined;
  if (entry.attempt === null) return 'expected the id of an attempt, got none';
  if (task === undefined)
    return entry.task === null ? 'expected the task of the attempt, got none' : undefined;
  return entry.type === 'attempt.started' ? started(now) : ended(now);
}

function started({ entry, task }: Now): string | undefined {
  if (task?.attempts.some(({ id }) => id === entry.attempt) === true)
    return `expected the attempt ${entry.attempt ?? ''} to begin once, got it again`;
  if (task !== undefined && isFinal(task.standing.state))
    return `expected work on a task that is not done, got one that is ${task.standing.state}`;
  return undefined;
}

function ended({ entry, task }: Now): string | undefined {
  const known = task?.attempts.find(({ id }) => id === entry.attempt);
  if (known === undefined)
    return `expected the attempt ${entry.attempt ?? ''} of its task, got none that began`;
  if (entry.type === 'draft.made') return undefined;
  if (!known.isOpen) return `expected the attempt ${known.id} to end once, got a second end`;
  if (known.lane !== entry.lane)
    return `expected the lane ${said(known.lane)} of the attempt, got ${said(entry.lane)}`;
  const { basis, purpose } = entry.data;
  if (purpose !== known.purpose)
    return `expected the purpose ${known.purpose}, got ${said(purpose)}`;
  return priced(entry.costNano, basis === 'unpriced');
}

/** What is not known is unpriced, never 0. */
function priced(cost: number | null, isUnpriced: boolean): string | undefined {
  if (isUnpriced) return cost === null ? undefined : `expected no cost where unpriced, got ${cost}`;
  if (cost !== null && cost >= 0) return undefined;
  return `expected a cost of at least 0, or unpriced, got ${said(cost)}`;
}
