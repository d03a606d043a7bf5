import type { Invariant, Now } from './invariant.ts';
import { STEP_TYPES } from './step-of.ts';
import { said } from './said.ts';

export const life: Invariant = {
  name: 'life',
  holds:
    'A task begins as proposed and takes the steps of its life (docs/life.md) one after the other, each from the state the last one led to.',
  level: 'fault',
  of: 'all',
  broken,
};

function broken({ entry, task, step }: Now): string | undefined {
  if (entry.type === 'task.routed') return begun({ entry, task });
  if (entry.task !== null && task === undefined)
    return `expected the task ${entry.task} to have begun, got no entry of that`;
  if (entry.to === null && entry.from === null)
    return STEP_TYPES.has(entry.type)
      ? 'expected a step from a state to another, got none'
      : undefined;
  if (task === undefined) return 'expected the task that takes this step, got none';
  const { state } = task.standing;
  if (entry.from !== state)
    return `expected a step from ${state}, got one from ${said(entry.from)}`;
  if (step !== undefined) return undefined;
  return `expected a step that the life of a task has, got ${entry.type} from ${state} to ${said(entry.to)}`;
}

function begun({ entry, task }: Pick<Now, 'entry' | 'task'>): string | undefined {
  if (entry.task === null) return 'expected the id of its task, got none';
  if (task !== undefined) return `expected the task ${entry.task} to begin once, got it again`;
  if (entry.from === null && entry.to === 'proposed') return undefined;
  return `expected a task to begin as proposed, got one from ${said(entry.from)} to ${said(entry.to)}`;
}
