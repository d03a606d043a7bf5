import postgres from 'postgres';
import { Fault, sentenceOf } from '../core/fault.ts';

/**
 * Makes a database unless it is there.
 * @returns whether it was made now. Throws Fault `database_gone` when the server cannot be asked or refuses.
 */
export async function createDatabase(
  adminUrl: string,
  name: string,
  options: { readonly template?: string } = {},
): Promise<boolean> {
  return asAdmin(adminUrl, async (sql) => {
    if ((await sql`select 1 from pg_database where datname = ${name}`).length > 0) return false;
    try {
      if (options.template === undefined) await sql`create database ${sql(name)}`;
      else await sql`create database ${sql(name)} template ${sql(options.template)}`;
      return true;
    } catch (thrown) {
      // 42P04 and 23505: another starter made it in between.
      if (['42P04', '23505'].includes((thrown as { code?: string }).code ?? '')) return false;
      throw thrown;
    }
  });
}

/** Removes a database and cuts off whoever uses it; no fault when there is none. Throws Fault `database_gone`. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
}

/** How many clients other than this question the server has. Throws Fault `database_gone`. */
export async function countClients(adminUrl: string): Promise<number> {
  return asAdmin(adminUrl, async (sql) => {
    const [row] = await sql<{ others: number }[]>`
      select count(*)::int as others from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()`;
    return row?.others ?? 0;
  });
}

/**
 * Whether a server lets this account in. A pid file may say "ready" while its process is just dying.
 * Throws Fault `bad_config` when it refuses the password.
 */
export async function opens(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch (cause) {
    // 28P01 invalid_password: https://www.postgresql.org/docs/18/errcodes-appendix.html
    if ((cause as { code?: string }).code !== '28P01') return false;
    throw new Fault(
      'bad_config',
      'The running Postgres refuses the password in AIOS_KEYS: set AIOS_KEYS to the folder that belongs to this ' +
        'AIOS_HOME, or put its postgres.password back from your backup.',
      { cause },
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** The same server and account, another database. The drivers do not decode the path, so names are kept to letters, digits, `_` and `-`. */
export function onDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function asAdmin<T>(adminUrl: string, act: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    return await act(sql);
  } catch (cause) {
    throw new Fault('database_gone', `Postgres did not do what was asked: ${sentenceOf(cause)}.`, {
      cause,
      retry: true,
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
