import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';
import { chooseAccount } from './account.ts';
import { findPackage, prepareBinaries } from './binaries.ts';
import { initialise, majorOf, refuseOtherMajor, sweepDrafts } from './data.ts';
import { opens } from './database.ts';
import { keepPassword } from './password.ts';
import { readPostmaster, setAside, type Postmaster } from './postmaster.ts';
import { spawnPostgres, type Attempt } from './spawn.ts';

/** The Postgres of this installation. It outlives the process that started it; only `stop` ends it. */
export type Embedded = {
  /** The superuser on the database `postgres`, with the password; never print it. */
  readonly adminUrl: string;
  readonly port: number;
  readonly pid: number;
  readonly how: 'started' | 'adopted';
  /** Ends it at once for everybody (clients are cut off, nothing committed is lost) and waits until it is gone. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** AIOS_HOME; the data come into `pg`, the log into `pg.log`. */
  readonly home: string;
  /** AIOS_KEYS; the password comes into `postgres.password`. */
  readonly keys: string;
  readonly log?: (sentence: string) => void;
  /** Folder of the package with the Postgres programs; found by itself when not given. */
  readonly programs?: string;
};

const STEP_MS = 10;
const START_MS = 60_000;
const STOP_MS = 60_000;

/**
 * Adopts the Postgres that runs on this home, or starts one: first start about 1.5 s, adopting some 30 ms.
 * Any number of starters may call this at once, and any of them may be killed at any point.
 * Throws Fault `bad_config` (programs, password, rights), `data_version` (data of another major version),
 * `database_gone` (it did not come up; the sentence says why).
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { keys, log = () => {} } = options;
  mkdirSync(options.home, { recursive: true, mode: 0o700 });
  const home = realpathSync(options.home);
  const data = path.join(home, 'pg');
  const password = keepPassword(keys, majorOf(data) !== undefined, log);
  const binaries = prepareBinaries(options.programs ?? findPackage());
  refuseOtherMajor(data, binaries.major);

  const running = readPostmaster(data);
  if (running.is === 'ready' && (await opens(adminUrl(password, running.port)))) {
    return embedded({ ...running, data, password, how: 'adopted' });
  }

  const account = chooseAccount(binaries.postgres, home);
  await initialise(data, { binaries, account, password });
  const start = () => spawnPostgres({ home, data, binaries, account });
  const ready = await startOrWait({ data, password, start });
  sweepDrafts(home);
  log(`Postgres ${binaries.major} ${ready.how} on port ${ready.port}, as ${account.name}.`);
  return embedded({ ...ready, data, password });
}

type Start = {
  readonly data: string;
  readonly password: string;
  readonly start: () => Promise<Attempt>;
};
type Ready = { readonly pid: number; readonly port: number; readonly how: 'started' | 'adopted' };

/**
 * Of several starters the pid file lets one through; the others see their child end and adopt the winner's. A child
 * that ended for a passing reason (a dying predecessor's memory, a port taken in between) is followed by another.
 */
async function startOrWait({ data, password, start }: Start): Promise<Ready> {
  const deadline = Date.now() + START_MS;
  let attempt: Attempt | undefined;
  while (Date.now() < deadline) {
    const found = readPostmaster(data);
    if (found.is === 'ready' && (await opens(adminUrl(password, found.port)))) {
      const how = found.pid === attempt?.pid ? 'started' : 'adopted';
      return { pid: found.pid, port: found.port, how };
    }
    if (!isUp(found) && attempt?.isRunning() !== true) {
      attempt = await startAgain(data, { found, attempt, start });
    }
    await pause(STEP_MS);
  }
  throw new Fault(
    'database_gone',
    `Postgres on ${data} was not ready within ${START_MS / 1000} s: read pg.log beside it, then start again.`,
    { retry: true },
  );
}

async function startAgain(
  data: string,
  state: { found: Postmaster; attempt: Attempt | undefined; start: () => Promise<Attempt> },
): Promise<Attempt> {
  const failed = state.attempt?.lastingFailure();
  if (failed !== undefined) {
    throw new Fault(
      'database_gone',
      `Postgres on ${data} did not start: ${failed} Read pg.log beside it, mend that and start again, or set DATABASE_URL.`,
    );
  }
  if (state.found.is === 'reused') setAside(data, state.found.text);
  return state.start();
}

function isUp(found: Postmaster): found is Extract<Postmaster, { readonly pid: number }> {
  return found.is === 'ready' || found.is === 'starting';
}

function adminUrl(password: string, port: number): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

function embedded(it: Ready & { readonly data: string; readonly password: string }): Embedded {
  return {
    adminUrl: adminUrl(it.password, it.port),
    port: it.port,
    pid: it.pid,
    how: it.how,
    stop: () => stop(it.data, it.pid),
  };
}

/** Stops the Postgres that runs on a home, if one does, without needing its password. Throws Fault `timeout`. */
export async function stopEmbedded(home: string): Promise<void> {
  if (!existsSync(home)) return;
  const data = path.join(realpathSync(home), 'pg');
  const found = readPostmaster(data);
  if (isUp(found)) await stop(data, found.pid);
}

async function stop(data: string, pid: number): Promise<void> {
  const deadline = Date.now() + STOP_MS;
  const isThere = (): boolean => {
    const found = readPostmaster(data);
    return isUp(found) && found.pid === pid;
  };
  // SIGINT is Postgres's "fast" shutdown: https://www.postgresql.org/docs/18/server-shutdown.html
  if (isThere()) process.kill(pid, 'SIGINT');
  while (isThere()) {
    if (Date.now() > deadline) {
      throw new Fault(
        'timeout',
        `Postgres (process ${pid}) did not stop within ${STOP_MS / 1000} s: read pg.log.`,
      );
    }
    await pause(STEP_MS);
  }
}
