import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import type { TaskId } from '../../src/core/id.ts';
import type { State } from '../../src/core/task.ts';
import { startEmbedded } from '../../src/embedded/launch.ts';
import { startAios } from '../../src/main.ts';
import type { Aios } from '../../src/main.ts';
import { appFromManifest } from '../../src/workspace/app.ts';
import { openWorkspace } from '../../src/workspace/open.ts';
import type { Workspace } from '../../src/workspace/open.ts';
import { memoryState } from '../../src/workspace/state.ts';
import { built } from '../helpers/built.ts';
import { deskOf } from '../helpers/desk.ts';
import { until } from '../helpers/until.ts';

const OWNER = 'U0APPROVER';
const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-gone-'));
const own = { home: path.join(folder, 'pg-home'), keys: path.join(folder, 'pg-keys') };
const logged: string[] = [];
let slack: Workspace;
let aios: Aios;

beforeAll(async () => {
  const postgres = await startEmbedded(own);
  // A Slack that keeps nothing in that Postgres, as the real one.
  slack = await openWorkspace({
    port: 0,
    state: memoryState(),
    app: appFromManifest(JSON.parse(readFileSync('slack-manifest.json', 'utf8')), {
      optional: true,
    }),
    retryDelaysMs: [200, 500, 500, 1_000, 1_000, 1_000, 1_000, 1_000],
  });
  const config = readConfig({
    AIOS_HOME: path.join(folder, 'home'),
    AIOS_KEYS: path.join(folder, 'keys'),
    AIOS_OWNER: OWNER,
    AIOS_QUEUE_LOCK_MS: '1000',
    AIOS_TIME_ZONE: 'Europe/Berlin',
    DATABASE_URL: postgres.adminUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  });
  aios = await startAios(config, (sentence) => void logged.push(sentence), {
    exact: { childEntry: new URL('exact/child/main.js', await built()) },
  });
}, 60_000);
afterAll(async () => {
  await aios.close();
  await slack.close();
  await (await startEmbedded(own)).stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function taskIs(request: number, state: State): Promise<void> {
  await until(`#${request}.1 is ${state}`, async () => {
    const id = (await aios.world.store.findTask({ request })) as TaskId | null;
    return id !== null && (await aios.world.store.taskFile(id))?.task.state === state;
  });
}

test('Postgres gone while running: what was said meanwhile is taken in once it is back, and work goes on', async () => {
  const owner = deskOf({ human: slack.human }, OWNER);
  const notes = { name: 'notes.md', bytes: new TextEncoder().encode('#  A\n*  b\n') };
  const before = await owner.dm('format the attached file', [notes]);
  await owner.press(await owner.card(before.channel, 'answer', 'For whom'), 'The practice itself');
  await taskIs(1, 'proposed');

  const running = await startEmbedded(own);
  await running.stop();
  await owner.dm('format the attached file as well', [notes]);
  await until('it is not acknowledged', () => slack.human.log().some((n) => n.is === 'unacked'));
  expect((await startEmbedded(own)).port).toBe(running.port);

  await owner.press(await owner.card(before.channel, 'answer', '#2'), 'The practice itself');
  await taskIs(2, 'proposed');
  await owner.press(await owner.card(before.channel, 'run', '*#1*'), 'run');
  await taskIs(1, 'waiting');
  await owner.press(await owner.card(before.channel, 'approve', '#1.1'), 'approve');
  await taskIs(1, 'delivered');
  const [requests] = await aios.base.sql<{ n: number }[]>`select count(*)::int as n from request`;
  expect(requests?.n).toBe(2);
  expect(logged.join('\n')).toContain('Postgres does not answer');
}, 90_000);
