import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { countClients, createDatabase, onDatabase } from '../embedded/database.ts';
import { startEmbedded } from '../embedded/launch.ts';
import type { Embedded } from '../embedded/launch.ts';
import { migrateQueue } from '../queue/migrate.ts';
import { migrateStore } from '../store/migrate.ts';
import { forEachRole, STORE_ROLES } from '../store/roles.ts';
import type { ByRole, StoreRole } from '../store/roles.ts';
import { writeOnce } from '../store/whole-file.ts';
import type { Config } from '../config.ts';

export type Data = {
  /** The program's own role: may add to the record, never change it. */
  readonly url: string;
  /** The URL of each role of the store; `writer` is `url`. */
  readonly urls: ByRole;
  /** The owner of the database; for the workspace's own tables and for migrations. */
  readonly adminUrl: string;
  /** Whether this process started the server, so that only it should end it. */
  readonly started: boolean;
  /** Stops the embedded server unless another AIOS still runs on it; a given DATABASE_URL is left alone. */
  stop(): Promise<void>;
};

/**
 * Brings up the database: the given one, or the embedded one with a database of its own for rehearsals, so that what
 * stand-ins did never mixes with the record of real work.
 */
export async function openData(
  config: Config,
  rehearsal: boolean,
  log: (s: string) => void,
): Promise<Data> {
  await mkdir(config.home, { recursive: true, mode: 0o700 });
  await mkdir(config.keys, { recursive: true, mode: 0o700 });
  await Promise.all([chmod(config.home, 0o700), chmod(config.keys, 0o700)]);
  const { adminUrl, started, stop } = await server(config, rehearsal, log);
  const passwords = await forEachRole((role) => passwordOf(config.keys, role));
  const urls = await migrateStore(adminUrl, passwords);
  if (config.redisUrl === undefined) await migrateQueue(adminUrl, STORE_ROLES.writer);
  return { url: urls.writer, urls, adminUrl, started, stop };
}

async function server(config: Config, rehearsal: boolean, log: (s: string) => void) {
  if (config.databaseUrl !== undefined)
    return { adminUrl: config.databaseUrl, started: false, stop: async () => undefined };
  const running = await startEmbedded({ home: config.home, keys: config.keys, log });
  const name = databaseName(rehearsal);
  await createDatabase(running.adminUrl, name);
  return {
    adminUrl: onDatabase(running.adminUrl, name),
    started: running.how === 'started',
    stop: () => stopAfterTheLast(running),
  };
}

/** For how long connections that we closed may still count as somebody's, ms. */
const LINGER_MS = 2_000;
const LOOK_MS = 20;

/**
 * Whoever leaves last stops the server. Who started it does not tell who that is: a start adopts the server of one that
 * was killed, and a second start that is refused its port must not take the server from the first.
 */
async function stopAfterTheLast(running: Embedded): Promise<void> {
  const deadline = Date.now() + LINGER_MS;
  while ((await countClients(running.adminUrl).catch(() => 0)) > 0) {
    if (Date.now() > deadline) return;
    await pause(LOOK_MS);
  }
  await running.stop();
}

/** The database on the embedded server: rehearsals have one of their own. */
export function databaseName(rehearsal: boolean): string {
  return rehearsal ? 'aios_rehearsal' : 'aios';
}

async function passwordOf(keys: string, role: StoreRole): Promise<string> {
  const file = join(keys, `${role}.password`);
  await writeOnce(file, `${randomBytes(32).toString('base64url')}\n`);
  return (await readFile(file, 'utf8')).trim();
}
