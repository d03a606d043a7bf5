import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { register } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const PREFIX = 'aios-test-';

/**
 * One Postgres for the whole run, in a folder of its own under the temp folder, or the one that
 * AIOS_TEST_DATABASE_URL names (an account that may create databases and roles). Suites find it in AIOS_TEST_ADMIN_URL.
 */
export default async function globalSetup(): Promise<void> {
  // jest transforms this file alone; what it imports is read by plain Node.
  register('./ts-hooks.mjs', import.meta.url);
  const given = process.env['AIOS_TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    process.env['AIOS_TEST_ADMIN_URL'] = given;
    return;
  }
  await sweepLeftovers();
  const folder = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  const running = await start(folder);
  process.env['AIOS_TEST_ADMIN_URL'] = running.adminUrl;
  globalThis.aiosTestPostgres = {
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

declare global {
  var aiosTestPostgres: { stop(): Promise<void> } | undefined;
}

async function start(folder: string) {
  const { startEmbedded } = await import('../../src/embedded/launch.ts');
  return startEmbedded({ home: path.join(folder, 'home'), keys: path.join(folder, 'keys') });
}

/** Ends and removes what a run left behind that was killed: its folder names the process that is no more. */
async function sweepLeftovers(): Promise<void> {
  const { stopEmbedded } = await import('../../src/embedded/launch.ts');
  for (const name of readdirSync(os.tmpdir())) {
    const pid = new RegExp(`^${PREFIX}([0-9]+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = path.join(os.tmpdir(), name);
    await stopEmbedded(path.join(folder, 'home'));
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
