import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect, connectAlone, reach, reserveIn } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { together } from '../../src/store/together.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';

let database: FreshDatabase;
let admin: Sql;
beforeAll(async () => {
  database = await freshDatabase();
  admin = connect(database.url, 1);
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

/** Ends what sleeps as a server does that is stopped, when there are so many. */
async function endSleepers(count: number): Promise<void> {
  const sleeping = admin`
    select pid from pg_stat_activity where query like '%pg_sleep%' and state = 'active'
      and datname = current_database() and pid <> pg_backend_pid()`;
  const pids = await until(`${count} sleep`, async () => {
    const rows = await admin<{ pid: number }[]>`${sleeping}`;
    return rows.length === count ? rows.map(({ pid }) => pid) : undefined;
  });
  await admin`select pg_terminate_backend(pid) from unnest(${pids}::int[]) pid`;
}

test.each([1, 3])(
  'a pool of %i whose connections were ended in the middle of a statement has all of them again',
  async (max) => {
    const sql = connect(database.url, max);
    const sleep = () =>
      reach(() => together(sql, [(tx) => tx`select 1`, (tx) => tx`select pg_sleep(60)`]));
    for (const round of [1, 2]) {
      const asleep = Array.from({ length: max }, sleep);
      const ends = Promise.allSettled(asleep);
      await endSleepers(max);
      expect((await ends).map(({ status }) => status)).toEqual(asleep.map(() => 'rejected'));
      // All at once: each must have a connection of its own.
      const held = await Promise.all(asleep.map(() => reserveIn(sql)));
      const pids = await Promise.all(
        held.map(async (tx) => (await tx`select pg_backend_pid() as pid`)[0]?.['pid']),
      );
      expect([round, new Set(pids).size]).toEqual([round, max]);
      for (const tx of held) tx.release();
    }
    await sql.end();
  },
);

test('a pool alone is of one connection, to the same place and with the same settings', async () => {
  const sql = connect(database.url, 3, { synchronous_commit: 'off' });
  const alone = connectAlone(sql);
  expect(alone.options.max).toBe(1);
  const [row] = await alone`
    select current_database() as name, current_setting('synchronous_commit') as how`;
  expect(row).toEqual({ name: database.name, how: 'off' });
  await Promise.all([sql.end(), alone.end()]);
});
