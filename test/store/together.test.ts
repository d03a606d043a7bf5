import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { isUnmet, MET, together } from '../../src/store/together.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';

let database: FreshDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await freshDatabase();
  // One connection, so that one left behind in a bad state would be met by the next statement.
  sql = connect(database.url, 1);
  await sql`create table thing (name text primary key)`;
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const put = (name: string) => (tx: Sql) => tx`insert into thing (name) values (${name})`;
const names = async () => (await sql`select name from thing order by name`).map((r) => r['name']);

test('all statements are written', async () => {
  await together(sql, [put('a'), put('b')]);
  expect(await names()).toEqual(['a', 'b']);
});

test('none is written when one in the middle is refused, and the error is that one', async () => {
  const failed = together(sql, [put('c'), put('a'), put('d')]);
  await expect(failed).rejects.toMatchObject({ code: '23505' });
  expect(await names()).toEqual(['a', 'b']);
});

test('none is written when an update meets no row', async () => {
  const rename = (from: string) => (tx: Sql) =>
    tx`with done as (update thing set name = 'z' where name = ${from} returning 1) ${MET(tx)}`;
  const failed = together(sql, [put('c'), rename('nobody'), put('d')]);
  expect(isUnmet(await failed.catch((thrown: unknown) => thrown))).toBe(true);
  expect(await names()).toEqual(['a', 'b']);
  await together(sql, [rename('b')]);
  expect(await names()).toEqual(['a', 'z']);
});

test('a connection that is lost on the way writes nothing, and there is a new one afterwards', async () => {
  const failed = together(sql, [
    put('c'),
    (tx) => tx`select pg_terminate_backend(pg_backend_pid())`,
    put('d'),
  ]);
  await expect(failed).rejects.toBeDefined();
  // The driver may tell those who come next of the old connection's end as well.
  await until('there is a new connection', () =>
    names().then(
      () => true,
      () => false,
    ),
  );
  expect(await names()).toEqual(['a', 'z']);
});

test('more callers than connections take turns', async () => {
  await Promise.all([1, 2, 3, 4].map((n) => together(sql, [put(`n${n}`)])));
  expect(await names()).toEqual(['a', 'n1', 'n2', 'n3', 'n4', 'z']);
});

test('a lock that is not had in time costs no connection', async () => {
  await sql`set lock_timeout = '20ms'`;
  const other = connect(database.url, 1);
  const holder = await other.reserve();
  await holder`begin`;
  await holder`lock table thing`;
  const failed = together(sql, [put('e'), put('f')]);
  await expect(failed).rejects.toMatchObject({ code: '55P03' });
  await holder`rollback`;
  holder.release();
  await other.end();
  await together(sql, [put('g'), put('h')]);
  expect((await names()).filter((name) => 'efgh'.includes(name))).toEqual(['g', 'h']);
});
