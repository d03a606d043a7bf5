import type { ClientId, EntryId, NumberRef, RequestId, TaskId } from '../core/id.ts';
import type { LogRow, Place } from '../flow/ports/record.ts';
import type { Sql } from './connect.ts';
import { all } from './read-settings.ts';

/** An entry as the table has it: `id` is its place in the table, which nobody is told. */
export type Found = {
  readonly id: number;
  readonly entryId: EntryId;
  readonly requestId: RequestId | null;
  readonly taskId: TaskId | null;
  readonly body: Uint8Array;
};

/** Gives rows their places and numbers, a few statements for a whole page. */
export async function dressed(sql: Sql, rows: readonly Found[]): Promise<readonly LogRow[]> {
  if (rows.length === 0) return [];
  const [places, requests, tasks] = await Promise.all([
    placesOf(sql, rows),
    requestNumbers(sql, rows),
    taskNumbers(sql, rows),
  ]);
  return rows.map(({ id, entryId, requestId, taskId, body }) => ({
    id: entryId,
    bytes: body,
    place: places.get(id) ?? null,
    number: tasks.get(taskId ?? '') ?? requests.get(requestId ?? '') ?? null,
  }));
}

type Leaf = {
  readonly entryId: number;
  readonly index: number;
  readonly clientId: ClientId | null;
  readonly epoch: number;
  readonly size: number | null;
};

/** By the place in the table. An entry that stands in a log and in its successor has its place in the newer one. */
async function placesOf(sql: Sql, rows: readonly Found[]): Promise<ReadonlyMap<number, Place>> {
  const ids = rows.map((row) => row.id);
  const leaves = await all(sql<Leaf[]>`
    with head as materialized (
      select g.id, g.client_id, g.epoch, (select max(size) from checkpoint c where c.log_id = g.id) as size from log g
    )
    select l.entry_id, l.idx as index, h.client_id, h.epoch, h.size
    from leaf l join head h on h.id = l.log_id where l.entry_id = any(${ids}::bigint[]) order by h.epoch`);
  return new Map(
    leaves.map(({ entryId, index, clientId, epoch, size }) => [
      entryId,
      { client: clientId, epoch, index, signed: index < (size ?? 0) },
    ]),
  );
}

type Numbers = ReadonlyMap<string, NumberRef>;

async function requestNumbers(sql: Sql, rows: readonly Found[]): Promise<Numbers> {
  const ids = [...new Set(rows.flatMap(({ requestId }) => requestId ?? []))];
  const found = await all(
    sql<
      { id: string; number: number }[]
    >`select id, number from request where id = any(${ids}::uuid[])`,
  );
  return new Map(found.map(({ id, number }) => [id, { request: number }]));
}

async function taskNumbers(sql: Sql, rows: readonly Found[]): Promise<Numbers> {
  const ids = [...new Set(rows.flatMap(({ taskId }) => taskId ?? []))];
  const found = await all(sql<{ id: string; request: number; ordinal: number }[]>`
    select t.id, r.number as request, t.ordinal
    from task t join request r on r.id = t.request_id where t.id = any(${ids}::uuid[])`);
  return new Map(found.map(({ id, request, ordinal }) => [id, { request, ordinal }]));
}
