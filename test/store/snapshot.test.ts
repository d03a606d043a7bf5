import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { inSnapshot } from '../../src/store/snapshot.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';

let database: FreshDatabase;
let sql: Sql;
let admin: Sql;
beforeAll(async () => {
  database = await freshDatabase();
  sql = connect(database.url, 2);
  admin = connect(database.url, 1);
  await admin`create table thing (name text primary key)`;
  await admin`insert into thing values ('a')`;
});
afterAll(async () => {
  await Promise.all([sql.end(), admin.end()]);
  await database.drop();
});

const namesIn = async (tx: Sql) =>
  (await tx<{ name: string }[]>`select name from thing order by name`).map(({ name }) => name);

const pidOf = async (tx: Sql): Promise<number> => {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid ?? 0;
};

/** How many others are connected here, each as Postgres sees it. */
const others = async (): Promise<number> => {
  const [row] = await admin<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  return row?.n ?? 0;
};

/** Ends a connection from outside, as a stopped server does. */
async function cut(pid: number): Promise<void> {
  await admin`select pg_terminate_backend(${pid})`;
  await until('it is gone', async () => {
    const left = await admin`select from pg_stat_activity where pid = ${pid}`;
    return left.length === 0;
  });
}

test('every connection of a snapshot sees the same moment, whatever is written meanwhile', async () => {
  const seen = await inSnapshot(sql, async (view) => {
    const first = await namesIn(view.tx);
    await admin`insert into thing values ('b')`;
    const [beside, another] = await Promise.all([view.beside(namesIn), view.beside(namesIn)]);
    return { first, beside, another, after: await namesIn(view.tx) };
  });
  expect(seen).toEqual({ first: ['a'], beside: ['a'], another: ['a'], after: ['a'] });
  expect(await namesIn(sql)).toEqual(['a', 'b']);
});

test('nothing can be written in it', async () => {
  const write = (tx: Sql) => tx`insert into thing values ('c')`;
  await expect(inSnapshot(sql, ({ tx }) => write(tx))).rejects.toMatchObject({ code: '25006' });
  const beside = inSnapshot(sql, (view) => view.beside(write));
  await expect(beside).rejects.toMatchObject({ code: '25006' });
  expect(await namesIn(sql)).toEqual(['a', 'b']);
});

test.each(['of its own', 'beside it'])(
  'when a connection %s ends, that is said, and the next snapshot is taken',
  async (which) => {
    const halt = async (tx: Sql): Promise<void> => {
      await cut(await pidOf(tx));
      await tx`select 1`;
    };
    const run = inSnapshot(sql, (view) =>
      which === 'beside it' ? view.beside(halt) : halt(view.tx),
    );
    await expect(run).rejects.toMatchObject({ code: 'database_gone', retry: true });
    expect(await inSnapshot(sql, ({ tx }) => namesIn(tx))).toEqual(['a', 'b']);
  },
);

test('the connections it opened are closed, whether it came to its end or not', async () => {
  const before = await others();
  const most = await inSnapshot(sql, async (view) => view.beside(async () => others()));
  expect(most).toBe(before + 2);
  const failed = inSnapshot(sql, (view) =>
    view.beside(() => Promise.reject(new Error('changed my mind'))),
  );
  await expect(failed).rejects.toThrow('changed my mind');
  await until('as many are connected as before', async () => (await others()) === before);
});
