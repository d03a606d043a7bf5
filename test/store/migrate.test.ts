import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { built } from '../helpers/built.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';
import { migrateStore } from '../../src/store/migrate.ts';

const databases: FreshDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

async function database(): Promise<FreshDatabase> {
  const fresh = await freshDatabase();
  databases.push(fresh);
  return fresh;
}

async function ask<T>(url: string, query: string): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return (await sql.unsafe(query))[0] as T;
  } finally {
    await sql.end();
  }
}

const APPLIED = 'select count(*)::int as n from drizzle.__drizzle_migrations';

test('brings a database up to date once, however often it is called', async () => {
  const { url } = await database();
  await migrateStore(url, rolePasswords());
  const { n } = await ask<{ n: number }>(url, APPLIED);
  await migrateStore(url, rolePasswords());
  expect(await ask(url, APPLIED)).toEqual({ n });
  expect(n).toBeGreaterThan(1);
});

test('several programs at once take turns', async () => {
  const { url } = await database();
  const all = Array.from({ length: 4 }, () => migrateStore(url, rolePasswords()));
  const urls = await Promise.all(all);
  expect(new Set(urls.map((one) => one.writer)).size).toBe(1);
  expect((await ask<{ n: number }>(url, APPLIED)).n).toBeGreaterThan(1);
});

test('the program logs in as a role of its own that owns nothing and rules nothing', async () => {
  const { url } = await database();
  const { writer } = await migrateStore(url, rolePasswords());
  const who = await ask(
    writer,
    `select current_user as name, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
      (select count(*)::int from pg_class where relowner = r.oid) as owns,
      (select count(*)::int from pg_auth_members where member = r.oid) as memberships
    from pg_roles r where rolname = current_user`,
  );
  expect(who).toEqual({
    name: 'aios_writer',
    rolsuper: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolbypassrls: false,
    rolreplication: false,
    owns: 0,
    memberships: 0,
  });
});

test('a database that is not there is a fault with what to do', async () => {
  const { url } = await database();
  const gone = url.replace(/\/[^/]*$/, '/nowhere');
  await expect(migrateStore(gone, rolePasswords())).rejects.toMatchObject({
    code: 'database_gone',
    message: expect.stringMatching(
      /could not be brought up to date: .*nowhere.*Postgres 15 or later/,
    ),
  });
});

test('without its folder of migrations the program says which one is missing', async () => {
  const dist = await built();
  const folder = mkdtempSync(path.join(path.resolve('node_modules'), '.aios-bare-'));
  try {
    cpSync(dist, path.join(folder, 'dist'), { recursive: true });
    const { migrateStore: bare } = (await import(
      pathToFileURL(path.join(folder, 'dist', 'store', 'migrate.js')).href
    )) as { migrateStore: typeof migrateStore };
    const { url } = await database();
    await expect(bare(url, rolePasswords())).rejects.toMatchObject({
      code: 'bad_config',
      message: `Expected the migrations in ${path.join(folder, 'drizzle')}, found none. Restore the folder drizzle/ of this version.`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
