import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { bareEnvironment, commandOf, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';

/** One try to start Postgres. */
export type Attempt = {
  readonly pid: number | undefined;
  isRunning(): boolean;
  /** Why trying again will not help, in the words of Postgres; undefined while running or when it ended for a passing reason. */
  lastingFailure(): string | undefined;
};

/** Enough for every queue and worker of one installation with a margin; doctor compares it with the need. */
export const MAX_CONNECTIONS = 200;

const LOG_LIMIT = 16 * 1024 * 1024;

/** Another starter won, a predecessor's processes are still dying, or the port was taken in between. */
const PASSING = /lock file "postmaster\.pid"|still in use|could not bind|could not create any TCP/;

/** Starts Postgres on the data folder, detached: it takes no signals of our terminal and lives on without us. */
export async function spawnPostgres(it: {
  readonly home: string;
  readonly data: string;
  readonly binaries: Binaries;
  readonly account: Account;
}): Promise<Attempt> {
  const port = await choosePort(path.join(it.home, 'pg.port'));
  const { command, args } = commandOf(it.account, it.binaries.postgres, [
    '-D',
    it.data,
    `--port=${port}`,
    '--listen_addresses=127.0.0.1',
    '--unix_socket_directories=',
    `--max_connections=${MAX_CONNECTIONS}`,
  ]);
  const log = path.join(it.home, 'pg.log');
  const out = openLog(log);
  const before = fstatSync(out).size;
  const child = spawn(command, args, {
    ...it.account.ids,
    cwd: '/',
    env: bareEnvironment(),
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  let ended: string | undefined;
  child.on('error', (thrown) => (ended = thrown.message));
  // The log may be gone by then: whoever stopped it may have removed the home as well.
  child.on('exit', () => (ended ??= readOr(log).slice(before)));
  child.unref();
  return {
    pid: child.pid,
    isRunning: () => ended === undefined,
    lastingFailure: () =>
      ended === undefined || PASSING.test(ended) ? undefined : lastLines(ended),
  };
}

function lastLines(text: string): string {
  const fatal = text.split('\n').filter((line) => /FATAL|PANIC|HINT|DETAIL/.test(line));
  return fatal.join(' ').trim() || text.trim() || 'it ended without a word.';
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(file, size > LOG_LIMIT ? 'w' : 'a', 0o600);
}

/** The port of last time if it is free, so that pools of a running AIOS find a Postgres that was started again. */
async function choosePort(file: string): Promise<number> {
  const last = Number(readOr(file));
  const port = (await tryPort(last > 0 ? last : 0)) ?? (await tryPort(0)) ?? 0;
  writeFileSync(file, `${port}\n`, { mode: 0o600 });
  return port;
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}
