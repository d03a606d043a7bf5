import { afterAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { createDatabase, dropDatabase, onDatabase } from '../../src/embedded/database.ts';
import { adminUrl, freshDatabase } from '../helpers/postgres.ts';

const fresh = await freshDatabase();
afterAll(() => fresh.drop());

describe('databases', () => {
  test('are made once, however often asked, also at the same time', async () => {
    const name = `${fresh.name}-odd`;
    const made = await Promise.all([1, 2].map(() => createDatabase(adminUrl(), name)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await createDatabase(adminUrl(), name)).toBe(false);
    const sql = postgres(onDatabase(adminUrl(), name), { max: 1 });
    expect(await sql`select current_database() as it`).toEqual([{ it: name }]);
    await sql.end();
    await dropDatabase(adminUrl(), name);
    await dropDatabase(adminUrl(), name);
    expect(await createDatabase(adminUrl(), name)).toBe(true);
    await dropDatabase(adminUrl(), name);
  });

  test('may be copies of a template', async () => {
    const sql = postgres(fresh.url, { max: 1 });
    await sql`create table thing (a int)`;
    await sql.end();
    const copy = await freshDatabase(fresh.name);
    const there = postgres(copy.url, { max: 1 });
    expect(await there`select * from thing`).toEqual([]);
    await there.end();
    await copy.drop();
  });

  test('say what is wrong when the server is not there', async () => {
    const dead = 'postgres://postgres:x@127.0.0.1:1/postgres';
    await expect(createDatabase(dead, 'x')).rejects.toMatchObject({
      code: 'database_gone',
      retry: true,
    });
  });
});
