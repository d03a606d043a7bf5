import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type postgres from 'postgres';
import { findPackage, prepareBinaries } from '../embedded/binaries.ts';
import { majorOf, refuseOtherMajor } from '../embedded/data.ts';
import { POOL } from '../main/base.ts';
import { LEDGER_POOL } from '../main/ledger.ts';
import { rehearses } from '../main/lanes.ts';
import { CONNECTIONS_NEEDED } from '../queue/open.ts';
import { ERASER_POOL } from '../store/erase.ts';
import { TOP } from '../config.ts';
import type { Config } from '../config.ts';
import { missing, ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

const OLDEST = 15;
/** The workspace's state, migrations and one command line at a time. */
const BESIDES = 6;

/** What AIOS needs of Postgres. */
export const DATABASE: readonly Check[] = [
  { id: 'postgres', test: async ({ config }) => programs(config) },
  { id: 'database', test: database },
  { id: 'connections', test: (look) => onServer(look, connections) },
  { id: 'migrations', test: (look) => onServer(look, migrations) },
  { id: 'practice', test: (look) => onServer(look, practice) },
];

export type Ask = { readonly sql: postgres.Sql; readonly config: Config };

function programs({ databaseUrl, home }: Config): Finding {
  if (databaseUrl !== undefined) return ok('DATABASE_URL names the Postgres to use.');
  const { major } = prepareBinaries(findPackage());
  const data = join(home, 'pg');
  refuseOtherMajor(data, major);
  const has =
    majorOf(data) === undefined ? 'its data are made by the first start' : `data in ${data}`;
  return ok(`Postgres ${major} from npm; ${has}.`);
}

/** A server that rests has nothing wrong with it. */
async function database(look: Look): Promise<Finding> {
  const server = await look.server();
  if (server.is === 'up') return server.ask(version);
  if (server.is === 'resting') return warn(server.says, 'npm start, then ask again.');
  return missing(server.says, 'Start it, or mend DATABASE_URL; unset it to use the embedded one.');
}

/** Asks the database where it runs; where it does not, that is said once, by its own check. */
export async function onServer(look: Look, test: (ask: Ask) => Promise<Finding>): Promise<Finding> {
  const server = await look.server();
  if (server.is === 'up') return server.ask((sql) => test({ sql, config: look.config }));
  return warn('Not looked at, for the database is not running.', 'See database.');
}

async function version(sql: postgres.Sql): Promise<Finding> {
  const [row] = await sql<
    { version: string }[]
  >`select current_setting('server_version') as version`;
  const found = row?.version ?? 'unknown';
  if (Number.parseInt(found, 10) >= OLDEST) return ok(`Postgres ${found} answers.`);
  return missing(
    `Postgres ${found} answers; ${OLDEST} or newer is needed.`,
    'Use a newer Postgres.',
  );
}

async function connections({ sql, config }: Ask): Promise<Finding> {
  const [row] = await sql<{ most: number }[]>`
    select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most`;
  const most = row?.most ?? 0;
  const queue = config.redisUrl === undefined ? CONNECTIONS_NEEDED : 0;
  const need = POOL + LEDGER_POOL + ERASER_POOL + BESIDES + queue;
  const says = `AIOS needs up to ${need} connections, the server gives ${most}.`;
  if (most >= need) return ok(says);
  return missing(says, `Set max_connections to ${need + 20} or more, or set REDIS_URL.`);
}

async function migrations({ sql }: Ask): Promise<Finding> {
  const journal = JSON.parse(
    await readFile(join(TOP, 'drizzle', 'meta', '_journal.json'), 'utf8'),
  ) as { readonly entries: readonly { readonly when: number }[] };
  const [there] = await sql<{ is: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as is`;
  const done = there?.is === true ? await applied(sql) : new Set<number>();
  const open = journal.entries.filter(({ when }) => !done.has(when)).length;
  if (open === 0) return ok(`All ${journal.entries.length} migrations are applied.`);
  return warn(`${open} migration(s) are not applied.`, 'npm start applies them.');
}

async function applied(sql: postgres.Sql): Promise<ReadonlySet<number>> {
  const rows = await sql<{ at: string }[]>`
    select created_at::text as at from drizzle.__drizzle_migrations`;
  return new Set(rows.map(({ at }) => Number(at)));
}

async function practice({ sql, config }: Ask): Promise<Finding> {
  const [there] = await sql<
    { is: boolean }[]
  >`select to_regclass('public.practice') is not null as is`;
  const rows =
    there?.is === true ? await sql<{ rehearsal: boolean }[]>`select rehearsal from practice` : [];
  const [row] = rows;
  if (row === undefined) return warn('No practice is founded yet.', 'npm start founds it.');
  const says = row.rehearsal ? 'The practice is a rehearsal.' : 'The practice is founded.';
  if (row.rehearsal === rehearses(config)) return ok(says);
  return missing(
    `${says} These settings are for ${row.rehearsal ? 'real work' : 'a rehearsal'}.`,
    'Give DATABASE_URL a database of its own for each.',
  );
}
