import { textOf } from './plan/piece.ts';
import type { ClientRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';

/**
 * The words a client has listed: names and projects that never leave the machine where its work goes out redacted. Kept as
 * one encrypted text of the client, and erased with it. Throws Fault `erased` when they are gone: nothing may go out then.
 */
export async function termsOf(
  { bodies }: Pick<World, 'bodies'>,
  { termsBody }: Pick<ClientRow, 'termsBody'>,
): Promise<readonly string[]> {
  if (termsBody === null) return [];
  return JSON.parse(textOf(await bodies.get(termsBody)) ?? '[]') as readonly string[];
}
