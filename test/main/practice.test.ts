import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { openBase } from '../../src/main/base.ts';
import { startAios } from '../../src/main.ts';
import type { Aios } from '../../src/main.ts';
import { appFromManifest } from '../../src/workspace/app.ts';
import { openWorkspace } from '../../src/workspace/open.ts';
import { memoryState } from '../../src/workspace/state.ts';
import { built } from '../helpers/built.ts';
import { keysFolder } from '../helpers/keys.ts';
import { freshDatabase } from '../helpers/postgres.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function home(): Record<string, string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-practice-'));
  closers.push(async () => rmSync(folder, { recursive: true, force: true }));
  return {
    AIOS_HOME: path.join(folder, 'home'),
    AIOS_KEYS: path.join(folder, 'keys'),
    AIOS_PORT: '0',
  };
}

async function start(env: Record<string, string>): Promise<Aios> {
  const childEntry = new URL('exact/child/main.js', await built());
  return startAios(readConfig(env), () => undefined, { exact: { childEntry } });
}

/** A Slack that AIOS takes for the real one: it has tokens for it. */
async function slack(): Promise<Record<string, string>> {
  const space = await openWorkspace({
    port: 0,
    state: memoryState(),
    app: appFromManifest(JSON.parse(readFileSync('slack-manifest.json', 'utf8')), {
      optional: true,
    }),
  });
  closers.push(() => space.close());
  return {
    SLACK_BOT_TOKEN: space.botToken,
    SLACK_APP_TOKEN: space.appToken,
    SLACK_API_URL: space.apiUrl,
    AIOS_OWNER: 'U0APPROVER',
  };
}

test('Slack tokens on a home that rehearsed begin a new practice; the old one stays as it was', async () => {
  const env = home();
  const rehearsing = await start(env);
  const before = await rehearsing.world.store.practice();
  await rehearsing.close();
  expect(before).toMatchObject({ rehearsal: true, origin: expect.stringMatching(/^rehearsal\//) });

  const real = await start({ ...env, ...(await slack()) });
  const after = await real.world.store.practice();
  const unconfigured = await real.world.lanes.senior.health();
  expect(real.front.workspace).toBeNull();
  await real.close();
  expect(after).toMatchObject({ rehearsal: false, origin: 'practice' });
  expect(after?.id).not.toBe(before?.id);
  expect(unconfigured).toMatchObject({
    is: 'off',
    next: expect.stringContaining('ANTHROPIC_API_KEY'),
  });

  const again = await start(env);
  expect(await again.world.store.practice()).toEqual(before);
  await again.close();
}, 60_000);

test('a database that rehearsed is refused for real work, with the next step', async () => {
  const database = await freshDatabase();
  closers.push(() => database.drop());
  const env = { ...home(), AIOS_KEYS: keysFolder(), DATABASE_URL: database.url };
  await (await start(env)).close();
  const keep: (() => Promise<unknown>)[] = [];
  const opening = openBase({
    config: readConfig({ ...env, ...(await slack()) }),
    log: () => undefined,
    keep: (close) => void keep.push(close),
    wake: () => undefined,
  });
  await expect(opening).rejects.toThrow(/holds a rehearsal.*DATABASE_URL a database of its own/);
  for (const close of keep.reverse()) await close();
});
