import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** What a task is called to people: the title of its kind of work. */
export function titleOf(world: Pick<World, 'library'>, task: Pick<TaskRow, 'kind'>): string {
  return world.library.rules.kinds.get(task.kind)?.title ?? 'Not sorted yet';
}
