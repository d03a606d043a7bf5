import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createDatabase, dropDatabase, onDatabase } from '../../dist/embedded/database.js';
import { startEmbedded } from '../../dist/embedded/launch.js';
import { migrateQueue } from '../../dist/queue/migrate.js';
import { migrateStore } from '../../dist/store/migrate.js';
import { STORE_ROLES } from '../../dist/store/roles.js';

/**
 * What a bench stands on: a folder, a real Postgres as it ships (fsync on), a database with AIOS's and BullMQ's tables
 * in it (`url`), and beside it one with BullMQ's alone for what it is held against (`bareUrl`). `adminUrl`,
 * `password` and `keys` name a server that is already there, its writer's password and the folder that is kept in.
 */
export async function openGround({ adminUrl, keys, passwords = ownPasswords() } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'aios-bench-'));
  const server =
    adminUrl === undefined
      ? await startEmbedded({ home: join(folder, 'home'), keys: join(folder, 'keys') })
      : { adminUrl, stop: async () => undefined };
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const bare = `${name}_bare`;
  for (const database of [name, bare]) await createDatabase(server.adminUrl, database);
  const owner = onDatabase(server.adminUrl, name);
  const urls = await migrateStore(owner, passwords);
  const url = urls.writer;
  for (const database of [name, bare])
    await migrateQueue(onDatabase(server.adminUrl, database), STORE_ROLES.writer);
  return {
    folder,
    keys,
    owner,
    url,
    urls,
    bareUrl: onDatabase(server.adminUrl, bare),
    close: async () => {
      for (const database of [name, bare]) await dropDatabase(server.adminUrl, database);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function ownPasswords() {
  const each = Object.keys(STORE_ROLES).map((role) => [role, randomBytes(16).toString('hex')]);
  return Object.fromEntries(each);
}

/** Whether there is a redis-server to measure with. */
export function hasRedis() {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** A Redis of one's own on a free port, set as AIOS asks for it: nothing evicted, everything written to disk each second. */
export async function openRedis(folder) {
  const port = await freePort();
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const keep = ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'];
  const server = spawn('redis-server', [...place, ...keep], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: server.stdout });
  await new Promise((resolve, reject) => {
    lines.on('line', (line) => line.includes('Ready to accept connections') && resolve());
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.once('error', reject);
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
