import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { absent } from './absent.ts';

/** A Redis of one's own, set as AIOS wants it: nothing evicted, everything written to disk. */
export type OwnRedis = {
  readonly url: string;
  /** As by kill -9; what it wrote stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
};

/** Whether there is a redis-server to test with; where there is none, that is said, and is an error under AIOS_CI=1. */
export function hasRedis(): boolean {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0) return true;
  absent('redis', 'the Redis half of the queue tests');
  return false;
}

/** Starts a redis-server on a free port of the loopback with its data in a temp folder. */
export async function ownRedis(settings: readonly string[] = []): Promise<OwnRedis> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-redis-'));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    server = await launch([...argumentsFor(folder, port), ...settings]);
  };
  const kill = async (): Promise<void> => {
    const dying = server;
    server = undefined;
    if (dying === undefined || dying.exitCode !== null) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
  };
  const remove = async (): Promise<void> => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, kill, start, remove };
}

function argumentsFor(folder: string, port: number): readonly string[] {
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const keep = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  return [...place, ...keep, '--maxmemory-policy', 'noeviction'];
}

async function launch(args: readonly string[]): Promise<ChildProcess> {
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: server.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('Ready to accept connections') && resolve());
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.once('error', reject);
  });
  return server;
}

/**
 * A free port that stays ours while the server is down: below those that the system lends to outgoing connections
 * (from 32768 on Linux), one of which could take its place between `kill` and `start`.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new Error('Expected a free port between 20000 and 32000, found none in 50 tries.');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}
