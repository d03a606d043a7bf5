import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import postgres from 'postgres';
import { createDatabase, onDatabase } from '../../src/embedded/database.ts';
import { startEmbedded } from '../../src/embedded/launch.ts';
import { QUEUES } from '../../src/flow/ports/queue.ts';
import { migrateQueue } from '../../src/queue/migrate.ts';
import { CONNECTIONS_NEEDED, openQueue } from '../../src/queue/open.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { queueContract, type Site } from './contract.ts';

const ROLE = 'queue_writer';

async function prepare(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(
    `do $$ begin create role ${ROLE} login password 'w'; exception when duplicate_object then null; end $$`,
  );
  await sql.end();
  await Promise.all([migrateQueue(url, ROLE), migrateQueue(url, ROLE)]);
  const writer = new URL(url);
  writer.username = ROLE;
  writer.password = 'w';
  return writer.href;
}

/** A server of its own, because the contract kills it. */
async function makeSite(): Promise<Site> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-queue-'));
  const where = { home: path.join(folder, 'home'), keys: path.join(folder, 'keys') };
  let server = await startEmbedded(where);
  await createDatabase(server.adminUrl, 'aios');
  const owner = onDatabase(server.adminUrl, 'aios');
  return {
    place: { kind: 'postgres', url: await prepare(owner) },
    empty: () => emptyTables(owner),
    end: () => server.stop(),
    revive: async () => {
      server = await startEmbedded(where);
    },
    remove: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function emptyTables(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'bullmq' and tablename not like '%migration%'`;
  await sql.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  await sql.end();
}

queueContract('Postgres', makeSite);

test('a database without the tables of the queue is refused with a sentence', async () => {
  const fresh = await freshDatabase();
  await expect(openQueue({ kind: 'postgres', url: fresh.url })).rejects.toMatchObject({
    code: 'queue_gone',
    message: expect.stringContaining('not initialized'),
  });
  await fresh.drop();
});

test('the connections of one whole process are as many as doctor counts', async () => {
  const fresh = await freshDatabase();
  await migrateQueue(fresh.url, 'postgres');
  // It is counted here and not timed: on a busy machine opening all of them at once may take long.
  const queue = await openQueue({ kind: 'postgres', url: fresh.url }, { timeoutMs: 30_000 });
  let done = 0;
  for (const name of QUEUES) await queue.process(name, 8, async () => void (done += 1));
  const jobs = QUEUES.flatMap((name) =>
    Array.from({ length: 40 }, (_, i) => ({
      queue: name,
      name: 'work',
      id: `${i}`,
      jobId: `j_${i}`,
    })),
  );
  await Promise.all([queue.add(jobs), queue.counts(), queue.known(jobs)]);
  const sql = postgres(fresh.url, { max: 1 });
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await sql.end();
  expect(row?.n).toBeLessThanOrEqual(CONNECTIONS_NEEDED);
  expect(row?.n).toBeGreaterThan(CONNECTIONS_NEEDED / 2);
  await queue.close();
  await fresh.drop();
});
