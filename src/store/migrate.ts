import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Fault } from '../core/fault.ts';

/** Any number: two programs that migrate at once take turns. */
const LOCK = 4_120_260_101;
export const WRITER = 'aios_writer';

/**
 * Brings the database up to date under an advisory lock and makes sure that the writer role can log in with this
 * password. `adminUrl` must own the database and may create roles. Returns the URL the program itself works with.
 */
export async function migrateStore(adminUrl: string, writerPassword: string): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await migrate(drizzle(sql), { migrationsFolder: migrationsFolder() });
    const url = writerUrl(adminUrl, writerPassword);
    if (!(await canLogIn(url))) await setPassword(sql, writerPassword);
    return url;
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    throw new Fault(
      'database_gone',
      `The database could not be brought up to date: ${(thrown as Error).message}. It must be Postgres 15 or later, and the user in DATABASE_URL must own the database and may create roles.`,
      { cause: thrown },
    );
  } finally {
    await sql.end();
  }
}

/** `drizzle/` at the top of the checkout or of the installed package, from src/ and from dist/. */
function migrationsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = join(here, '..', '..', 'drizzle');
  if (existsSync(folder)) return folder;
  throw new Fault(
    'bad_config',
    `Expected the migrations in ${folder}, found none. Restore the folder drizzle/ of this version.`,
  );
}

function writerUrl(adminUrl: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = WRITER;
  url.password = password;
  return url.href;
}

async function canLogIn(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end();
  }
}

async function setPassword(sql: postgres.Sql, password: string): Promise<void> {
  // The role belongs to the whole server: two databases of one server may set it at once, and Postgres refuses one of them.
  await sql.unsafe('select pg_advisory_xact_lock($1)', [LOCK]);
  await sql.unsafe(`alter role ${WRITER} login password '${password.replaceAll("'", "''")}'`);
}
