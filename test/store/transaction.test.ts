import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect, connectionsLost } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { inTransaction } from '../../src/store/transaction.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';

let database: FreshDatabase;
let sql: Sql;
let admin: Sql;
beforeAll(async () => {
  database = await freshDatabase();
  sql = connect(database.url, 1);
  admin = connect(database.url, 1);
  await sql`create table thing (name text primary key)`;
});
afterAll(async () => {
  await Promise.all([sql.end(), admin.end()]);
  await database.drop();
});

const names = async () => (await admin`select name from thing order by name`).map((r) => r['name']);

/** Ends the connection from outside, as a stopped server does, and comes back when the driver knows. */
async function cut(tx: Sql): Promise<void> {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const before = connectionsLost(sql);
  await admin`select pg_terminate_backend(${row?.pid ?? 0})`;
  await until('the connection has ended', () => connectionsLost(sql) > before);
}

test('everything is written, or nothing', async () => {
  expect(
    await inTransaction(sql, async (tx) => (await tx`insert into thing values ('a')`).count),
  ).toBe(1);
  const failed = inTransaction(sql, async (tx) => {
    await tx`insert into thing values ('b')`;
    throw new Error('changed my mind');
  });
  await expect(failed).rejects.toThrow('changed my mind');
  expect(await names()).toEqual(['a']);
});

test('a connection that ended between two statements is written to no more, and there is a new one', async () => {
  const failed = inTransaction(sql, async (tx) => {
    await tx`insert into thing values ('c')`;
    await cut(tx);
    await tx`insert into thing values ('d')`;
  });
  await expect(failed).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await inTransaction(sql, (tx) => tx`insert into thing values ('e')`);
  expect(await names()).toEqual(['a', 'e']);
});

test('nor is one that ended before the commit', async () => {
  const failed = inTransaction(sql, async (tx) => {
    await tx`insert into thing values ('f')`;
    await cut(tx);
  });
  await expect(failed).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  expect(await names()).toEqual(['a', 'e']);
  expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]);
});

test('a lock that is not had in time costs no connection', async () => {
  await sql`set lock_timeout = '20ms'`;
  const holder = await admin.reserve();
  await holder`begin`;
  await holder`lock table thing`;
  const failed = inTransaction(sql, (tx) => tx`insert into thing values ('g')`);
  await expect(failed).rejects.toMatchObject({ code: '55P03' });
  await holder`rollback`;
  holder.release();
  await inTransaction(sql, (tx) => tx`insert into thing values ('h')`);
  expect(await names()).toEqual(['a', 'e', 'h']);
});
