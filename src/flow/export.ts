import type { Actor } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import { openAct } from './act.ts';
import type { World } from './ports/world.ts';

/** A statement that is about to be handed over. */
export type Export = {
  readonly client: ClientId;
  /** `ST-2026-0003`. */
  readonly number: string;
  readonly by: Actor;
  /** Where the log stood: what the statement holds. */
  readonly size: number;
  /** Hex. */
  readonly root: string;
  readonly span: { readonly from: Moment; readonly to: Moment };
  /** SHA-256 hex of the signed list of its files. */
  readonly manifest: string;
};

/**
 * Notes in the record that a statement was made, after what it tells of. Throws Fault `conflict` (retry) when another one
 * took its number meanwhile.
 */
export async function noteExport(
  world: Pick<World, 'clock' | 'store'>,
  made: Export,
): Promise<void> {
  const { client, number, by, size, root, span, manifest } = made;
  const act = openAct(world.clock);
  // Can be written once: of two statements made at once one has the number.
  act.change({
    insert: 'inbox',
    row: { eventId: `statement:${client}:${number}`, at: act.at },
  });
  const data = { size, root, from: span.from, to: span.to, manifest_sha256: manifest };
  act.note({ type: 'export.made', actor: by, client, data }, null);
  if ((await world.store.commit(act.close())) === 'done') return;
  throw new Fault(
    'conflict',
    `Another statement ${number} of this client was made at the same moment. Nothing was written; make this one again.`,
    { retry: true },
  );
}
