import type { Composed } from './draft.ts';
import { digestMessage, practiceWeek, weekNamed } from './digest-message.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { CardRow } from '../ports/rows-cards.ts';
import type { World } from '../ports/world.ts';

/** A digest and, for the practice, its figures as a table; a client's channel gets its own few lines alone. */
export async function composeDigest(world: World, card: CardRow): Promise<Composed | null> {
  if (card.note === null) return null;
  const week = String(card.note.with['week']);
  const client = String(card.note.with['client'] ?? '');
  const message = await digestMessage(world, { week, client });
  return { message, files: client === '' ? [await tableOf(world, week)] : [] };
}

async function tableOf(world: World, week: string): Promise<NamedFile> {
  const figures = await practiceWeek(world, await weekNamed(world, week));
  return { name: `digest-${week}.csv`, bytes: world.report.weekTable(figures) };
}
