import type { ClientId } from '../../core/id.ts';
import { shortCheckpoint } from '../../ledger/checkpoint.ts';
import type { World } from '../ports/world.ts';

/**
 * Where the record of a client stands, short, with the sequencer asked to bring it up to date first: `8,412 · 5bd1a09c`.
 * Whoever keeps the message can show later that the record was not changed behind it.
 */
export async function markText(
  { marks }: Pick<World, 'marks'>,
  client: ClientId | null,
): Promise<string> {
  const mark = await marks.of(client);
  if (mark === null) return 'not signed yet';
  return shortCheckpoint({ size: mark.size, root: Buffer.from(mark.root, 'hex') });
}
