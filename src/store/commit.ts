import { randomBytes } from 'node:crypto';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Act, Change, Outcome, WantedCard } from '../flow/ports/store.ts';
import type { Moment } from '../core/moment.ts';
import { seal } from '../ledger/seal.ts';
import type { SealedEntry } from '../ledger/seal.ts';
import { isTaken, reach } from './connect.ts';
import type { Sql } from './connect.ts';
import * as cards from './schema/cards.ts';
import * as record from './schema/record.ts';
import * as requests from './schema/requests.ts';
import * as settings from './schema/settings.ts';
import * as tasks from './schema/tasks.ts';

/** What every entry of this process has in common. */
export type Stamp = { readonly build: string; readonly origin: string; policy(): string };

type Tx = Parameters<Parameters<Sql['begin']>[1]>[0];
type Column = { readonly name: string; readonly json: boolean };

/** Column names and which of them are JSON, by table and field: read from the schema, so that it is said once. */
const COLUMNS: ReadonlyMap<string, ReadonlyMap<string, Column>> = new Map(
  Object.values({ ...record, ...settings, ...requests, ...tasks, ...cards })
    .filter((value) => is(value, PgTable))
    .map((table) => [
      getTableName(table),
      new Map(
        Object.entries(getTableColumns(table)).map(([field, column]) => [
          field,
          { name: column.name, json: column.columnType === 'PgJsonb' },
        ]),
      ),
    ]),
);

/** Thrown inside the transaction to roll it back; never leaves this file. */
const LOST = Symbol('lost');

/**
 * Writes one act in one transaction: entries first, then the rows that name them, then the cards and jobs they
 * make necessary. `lost` when an expected row was no longer so or something unique was already there.
 */
export async function commit(sql: Sql, act: Act, stamp: Stamp): Promise<Outcome> {
  const sealed = act.entries.map((e) =>
    seal(e.draft, {
      id: e.id,
      nonce: randomBytes(16).toString('hex'),
      at: act.at,
      cause: e.cause,
      build: stamp.build,
      policy: stamp.policy(),
      origin: stamp.origin,
    }),
  );
  try {
    await reach(() => sql.begin((tx) => writeAll(tx, act, sealed)));
    return 'done';
  } catch (thrown) {
    if (thrown === LOST || isTaken(thrown)) return 'lost';
    throw thrown;
  }
}

async function writeAll(tx: Tx, act: Act, sealed: readonly SealedEntry[]): Promise<void> {
  // Not awaited one by one: postgres.js sends them down the connection in order, without a round trip between them.
  const writes: Promise<unknown>[] = [];
  if (sealed.length > 0) writes.push(tx`insert into entry ${tx(sealed.map(entryRow))}`.execute());
  for (const change of act.changes) writes.push(write(tx, change));
  for (const card of act.cards) writes.push(want(tx, card, act.at));
  if (act.jobs.length > 0)
    writes.push(
      tx`insert into outbox ${tx(act.jobs.map((j) => ({ job_id: j.jobId, queue: j.queue, name: j.name, subject: j.subject, due_at: j.dueAt })))} on conflict (job_id) do nothing`.execute(),
    );
  await Promise.all(writes);
}

/** Typed columns of an entry: a projection of its bytes, absent where the entry says nothing. */
function entryRow({ draft, envelope, bytes }: SealedEntry) {
  const {
    type,
    actor,
    client,
    request,
    task,
    attempt,
    from,
    to,
    costNano,
    draft: hash,
    data: _,
    ...same
  } = draft;
  const given = {
    ...same,
    client_id: client,
    request_id: request,
    task_id: task,
    attempt_id: attempt,
    from_state: from,
    to_state: to,
    cost_nano: costNano,
    draft_sha256: hash,
  };
  return {
    ...ABSENT,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    entry_id: envelope.id,
    type,
    at: envelope.at,
    actor_kind: actor.kind,
    actor_id: actor.id,
    body: bytes,
  };
}

/** Every optional column, so that entries of one statement have the same columns. */
const ABSENT = {
  client_id: null,
  request_id: null,
  task_id: null,
  attempt_id: null,
  lane: null,
  model: null,
  persona: null,
  rule: null,
  from_state: null,
  to_state: null,
  draft_sha256: null,
  cost_nano: null,
  minutes: null,
};

/** Fields to columns; JSON is marked so that a list is not taken for a Postgres array. */
function columnsOf(tx: Tx, table: string, row: object): Record<string, never> {
  const columns = COLUMNS.get(table);
  const pairs = Object.entries(row).map(([field, value]) => {
    const column = columns?.get(field);
    if (column === undefined) throw new Error(`table ${table} has no column for ${field}`);
    return [column.name, column.json && value !== null ? tx.json(value as never) : value] as const;
  });
  return Object.fromEntries(pairs) as Record<string, never>;
}

async function write(tx: Tx, change: Change): Promise<void> {
  if ('insert' in change) {
    await tx`insert into ${tx(change.insert)} ${tx(columnsOf(tx, change.insert, change.row))}`;
    return;
  }
  const where = Object.entries(columnsOf(tx, change.update, change.where)).map(
    ([name, value]) => tx`and ${tx(name)} is not distinct from ${value}`,
  );
  const done =
    await tx`update ${tx(change.update)} set ${tx(columnsOf(tx, change.update, change.set))} where true ${where}`;
  if (done.count === 0) throw LOST;
}

/** Asks for a card to be shown (again) and for the job that shows it; the job id holds the count, so each asking is one job. */
async function want(tx: Tx, card: WantedCard, at: Moment): Promise<void> {
  const row = columnsOf(tx, 'card', {
    requestId: null,
    taskId: null,
    questionId: null,
    draftId: null,
    note: null,
    ...card,
    wanted: 1,
    shown: 0,
  });
  await tx`
    with wanted as (
      insert into card ${tx(row)}
      on conflict (key) do update set wanted = card.wanted + 1
      returning id, wanted
    )
    insert into outbox (job_id, queue, name, subject, due_at)
    select 'post_' || id || '_' || wanted, 'aios', 'post', id, ${at} from wanted`;
}
