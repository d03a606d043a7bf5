import { randomUUID } from 'node:crypto';
import type { ClientId } from '../../src/core/id.ts';
import type { Sql } from '../../src/store/connect.ts';

export type Log = {
  readonly client: ClientId | null;
  readonly epoch?: number;
  readonly signed?: number;
};

/** Puts every entry of a client into a log as the sequencer would, of them the first `signed` under a checkpoint. */
export async function placeEntries(
  admin: Sql,
  { client, epoch = 1, signed = 0 }: Log,
): Promise<void> {
  const id = randomUUID();
  await admin`insert into log ${admin({ id, client_id: client, epoch, origin: `test/log/${id}`, begun_at: Date.now() })}`;
  await admin`
    insert into leaf (log_id, idx, entry_id)
    select ${id}, row_number() over (order by id) - 1, id from entry where client_id is not distinct from ${client}::uuid`;
  if (signed > 0)
    await admin`insert into checkpoint ${admin({ log_id: id, size: signed, note: 'test', at: Date.now() })}`;
}
