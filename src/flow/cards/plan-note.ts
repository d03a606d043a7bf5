import type { BodyId } from '../../core/id.ts';
import { unlessErased } from '../erased.ts';
import { textOf } from '../plan/piece.ts';
import type { PlanNote } from '../plan/write.ts';
import type { CardRow } from '../ports/rows-cards.ts';
import type { World } from '../ports/world.ts';

const NO_NOTE: PlanNote = { context: [], answers: [] };

/** What a plan card says of the reading of its request beside the tasks; nothing where that was erased. */
export async function planNote(
  world: Pick<World, 'bodies'>,
  card: Pick<CardRow, 'note'> | null,
): Promise<PlanNote> {
  const body = card?.note?.with['body'];
  if (typeof body !== 'string') return NO_NOTE;
  const bytes = await unlessErased(world.bodies.get(body as BodyId), null);
  const text = bytes === null ? undefined : textOf(bytes);
  return text === undefined ? NO_NOTE : (JSON.parse(text) as PlanNote);
}
