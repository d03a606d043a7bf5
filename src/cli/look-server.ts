import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { sentenceOf } from '../core/fault.ts';
import { onDatabase, opens } from '../embedded/database.ts';
import { readPostmaster } from '../embedded/postmaster.ts';
import { databaseName } from '../main/data.ts';
import { rehearses } from '../main/lanes.ts';
import type { Config } from '../config.ts';

/** The Postgres of this installation, looked at without starting it. */
export type Server =
  | {
      readonly is: 'up';
      /** As its owner; it holds the password, so it is never printed. */
      readonly url: string;
      ask<T>(query: (sql: postgres.Sql) => Promise<T>): Promise<T>;
    }
  /** The embedded one is not running, which is as it should be while AIOS is not. */
  | { readonly is: 'resting'; readonly says: string }
  | { readonly is: 'gone'; readonly says: string };

/** Looks for the given server, or for the embedded one by its pid file. Throws Fault `bad_config` on a refused password. */
export async function lookAtServer(config: Config): Promise<Server> {
  if (config.databaseUrl !== undefined) return given(config.databaseUrl);
  const url = await embeddedUrl(config);
  if (url === undefined)
    return {
      is: 'resting',
      says: 'The embedded Postgres is not running; it runs while AIOS does.',
    };
  const own = onDatabase(url, databaseName(rehearses(config)));
  return { is: 'up', url: own, ask: (query) => asked(own, query) };
}

async function given(url: string): Promise<Server> {
  try {
    await asked(url, (sql) => sql`select 1`);
    return { is: 'up', url, ask: (query) => asked(url, query) };
  } catch (thrown) {
    return {
      is: 'gone',
      says: `The Postgres of DATABASE_URL cannot be used: ${sentenceOf(thrown)}.`,
    };
  }
}

/** The administrator's URL of a running embedded Postgres; undefined when none runs. */
async function embeddedUrl({ home, keys }: Config): Promise<string | undefined> {
  const password = join(keys, 'postgres.password');
  if (!existsSync(join(home, 'pg')) || !existsSync(password)) return undefined;
  const found = readPostmaster(join(await realpath(home), 'pg'));
  if (found.is !== 'ready') return undefined;
  const secret = (await readFile(password, 'utf8')).trim();
  const url = `postgres://postgres:${secret}@127.0.0.1:${found.port}/postgres`;
  return (await opens(url)) ? url : undefined;
}

async function asked<T>(url: string, query: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    return await query(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
