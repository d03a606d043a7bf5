import { pieceOf } from '../attempt/material.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import type { Starting } from './may-start.ts';
import { lanesNow, priceAhead } from './piece.ts';

/** What each of these pieces would cost on its lane, from one smooth attempt to one that is sent back. */
export async function pricesOf(
  world: World,
  tasks: readonly TaskRow[],
): Promise<readonly Starting[]> {
  const health = await lanesNow(world);
  return Promise.all(
    tasks.map(async (task) => {
      const piece = await pieceOf(world, task);
      return { task, price: priceAhead(world, { piece, health }, task.lane) };
    }),
  );
}
