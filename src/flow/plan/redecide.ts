import { pieceOf, wordsInFiles } from '../attempt/material.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { taskBefore } from './in-turn.ts';
import { decidePiece, lanesNow } from './piece.ts';
import type { Decided } from './piece.ts';
import { bringsOf, saidBefore } from './wishes.ts';
import type { Brought, Wishes } from './wishes.ts';

type Again = {
  readonly task: TaskRow;
  readonly client: ClientRow;
  /** What a person wishes now, above what people said before. */
  readonly wishes?: Wishes;
};

/** Lets the rules decide a task again, from its words and with what people said since. */
export async function redecide(
  world: World,
  { task, client, wishes = {} }: Again,
): Promise<Decided> {
  const piece = await pieceOf(world, task);
  return decidePiece(world, {
    piece,
    fileWords: await wordsInFiles(world, piece.files),
    client,
    health: await lanesNow(world),
    own: await world.examples.of(client.id),
    rounds: task.round,
    ...saidBefore(task),
    ...wishes,
    ...(await broughtTo(world, task)),
  });
}

/** What a task will get from the one it comes after. */
export async function broughtTo(
  world: World,
  task: Pick<TaskRow, 'after'>,
): Promise<{ readonly brought?: Brought }> {
  const before = await taskBefore(world, task);
  return before === null ? {} : { brought: bringsOf(world, before.facts) };
}
