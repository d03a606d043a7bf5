import postgres from 'postgres';
import { Fault } from '../core/fault.ts';
import { RECORD_KINDS, type RecordKind } from './records.ts';
import type { Change, WorkspaceState } from './state.ts';

/** `json`, not `jsonb`: what people write may hold U+0000, which jsonb refuses. */
const SCHEMA = `
create schema if not exists workspace;
create table if not exists workspace.records (
  kind text not null, key text not null, ordinal bigint generated always as identity,
  body json not null, primary key (kind, key));
create table if not exists workspace.files (id text primary key, bytes bytea not null);
`;
/** One starter at a time: `if not exists` alone races with itself. The number is only a name for the lock. */
const LOCK = 7_723_501;

type Row = { readonly kind: string; readonly key: string; readonly body: unknown };

/**
 * State in Postgres, schema `workspace`, which it makes itself. `url` is a connection string.
 * Throws Fault `database_gone` when the database does not answer.
 */
export async function postgresState(url: string): Promise<WorkspaceState> {
  const sql = postgres(url, { max: 2, onnotice: () => undefined });
  await told(() => prepare(sql));
  return {
    load: () =>
      told(async () => {
        const rows = await sql<
          Row[]
        >`select kind, key, body from workspace.records order by ordinal`;
        return rows.filter(known).map((row) => row as Change);
      }),
    save: (changes) => told(() => saveAll(sql, changes)),
    putBytes: (file, bytes) =>
      told(async () => {
        await sql`insert into workspace.files (id, bytes) values (${file}, ${Buffer.from(bytes)})
        on conflict (id) do update set bytes = excluded.bytes`;
      }),
    bytes: (file) =>
      told(async () => {
        const [row] = await sql<
          { bytes: Uint8Array }[]
        >`select bytes from workspace.files where id = ${file}`;
        return row?.bytes;
      }),
    close: () => sql.end({ timeout: 5 }),
  };
}

/** In one message without parameters, which Postgres runs as one transaction: all of it is there, or nothing. */
async function prepare(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`select pg_advisory_xact_lock(${LOCK}); ${SCHEMA}`);
}

/** The last change of each record, in one statement: all of them or none. */
async function saveAll(sql: postgres.Sql, changes: readonly Change[]): Promise<void> {
  const last = [
    ...new Map(changes.map((change) => [`${change.kind} ${change.key}`, change])).values(),
  ];
  const kept = last.filter((change) => change.body !== undefined);
  const gone = last.filter((change) => change.body === undefined);
  await sql`
    with gone as (
      delete from workspace.records r using unnest(${gone.map((c) => c.kind)}::text[],
        ${gone.map((c) => c.key)}::text[]) as t(kind, key) where r.kind = t.kind and r.key = t.key
    )
    insert into workspace.records (kind, key, body)
    select kind, key, body::json from unnest(${kept.map((c) => c.kind)}::text[], ${kept.map((c) => c.key)}::text[],
      ${kept.map((c) => JSON.stringify(c.body))}::text[]) as t(kind, key, body)
    on conflict (kind, key) do update set body = excluded.body`;
}

function known(row: Row): boolean {
  return RECORD_KINDS.includes(row.kind as RecordKind);
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault(
      'database_gone',
      `Expected Postgres to keep the workspace's state, got: ${why}. Start it again; nothing unsaved was told to anyone.`,
      { cause, retry: true },
    );
  }
}
