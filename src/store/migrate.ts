import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Fault } from '../core/fault.ts';
import { forEachRole, STORE_ROLES } from './roles.ts';
import type { ByRole, StoreRole } from './roles.ts';

/** Any number: two programs that migrate at once take turns. */
const LOCK = 4_120_260_101;

/**
 * Brings the database up to date under an advisory lock and makes sure that each role can log in with its password.
 * `adminUrl` must own the database and may create roles. Returns the URL of each role.
 */
export async function migrateStore(adminUrl: string, passwords: ByRole): Promise<ByRole> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await migrate(drizzle(sql), { migrationsFolder: migrationsFolder() });
    return await forEachRole(async (role) => {
      const url = urlOf(adminUrl, { role, password: passwords[role] });
      if (!(await canLogIn(url))) await setPassword(sql, { role, password: passwords[role] });
      return url;
    });
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

type Login = { readonly role: StoreRole; readonly password: string };

function urlOf(adminUrl: string, { role, password }: Login): string {
  const url = new URL(adminUrl);
  url.username = STORE_ROLES[role];
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

async function setPassword(sql: postgres.Sql, { role, password }: Login): Promise<void> {
  // The role belongs to the whole server: two databases of one server may set it at once, and Postgres refuses one of them.
  await sql.unsafe('select pg_advisory_xact_lock($1)', [LOCK]);
  const quoted = password.replaceAll("'", "''");
  await sql.unsafe(`alter role ${STORE_ROLES[role]} login password '${quoted}'`);
}
