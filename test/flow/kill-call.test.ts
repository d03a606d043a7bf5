import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openRehearsal } from '../../src/rehearsal/open.ts';
import type { Rehearsal } from '../../src/rehearsal/open.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import type { Channel, Message, Uploaded } from '../../src/workspace/human/protocol.ts';
import { built } from '../helpers/built.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { agree } from '../helpers/presses.ts';
import { until } from '../helpers/until.ts';

/** A real process, killed while a model server holds its call. */

const OWNER = 'U0OWNER';
const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-kill-call-'));

let stage: Rehearsal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: Sql;
let child: ChildProcess | undefined;
const said: string[] = [];
beforeAll(async () => {
  await built();
  stage = await openRehearsal();
  database = await freshDatabase();
  sql = connect(database.url, 1);
}, 60_000);
afterAll(async () => {
  await kill();
  await sql.end();
  await stage.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** `npm start` with its local lane at the stand-in of this test; comes back with what the owner's page may do. */
async function start() {
  child = spawn(process.execPath, [path.resolve('bin/aios.mjs'), 'start'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      AIOS_HOME: path.join(folder, 'home'),
      AIOS_KEYS: keysOf(),
      AIOS_PORT: '0',
      AIOS_QUEUE_LOCK_MS: '1000',
      DATABASE_URL: database.url,
      OLLAMA_HOST: stage.ollamaUrl,
      AIOS_LOCAL_MODEL: 'rehearsal-local',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) =>
    said.push(line),
  );
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child?.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const address = /http:\/\/127\.0\.0\.1:\S+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
    child?.once('exit', () => reject(new Error(`it ended at its start: ${said.join('\n')}`)));
  });
  return enter(url);
}

/** The roles of the database belong to the whole server: all suites of a run share their passwords. */
function keysOf(): string {
  const url = process.env['AIOS_TEST_ADMIN_URL'] ?? '';
  return path.join(os.tmpdir(), `aios-test-keys-${new URL(url).port}`);
}

async function enter(url: string) {
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const headers = { origin, cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
  const answered = async <T>(response: Response): Promise<T> => {
    const body = (await response.json()) as T;
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    get: async <T>(at: string) => answered<T>(await fetch(origin + at, { headers })),
    post: async <T>(at: string, body: unknown) => {
      const content = body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
      return answered<T>(await fetch(origin + at, { method: 'POST', headers, body: content }));
    },
  };
}
type Page = Awaited<ReturnType<typeof start>>;

async function kill(): Promise<void> {
  const dying = child;
  child = undefined;
  if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
  dying.kill('SIGKILL');
  await once(dying, 'exit');
}

async function dm(page: Page): Promise<string> {
  const opened = { as: OWNER, with: 'U0AIOS' };
  const { channel } = await page.post<{ channel: Channel }>('/human/open_dm', opened);
  return channel.id;
}

/** Presses whatever waits to be agreed to. */
async function agreeTo(page: Page, channel: string): Promise<void> {
  const at = `/human/messages?as=${OWNER}&channel=${channel}`;
  const { messages } = await page.get<{ messages: readonly Message[] }>(at);
  for (const message of messages) {
    const button = agree(message);
    if (button === undefined) continue;
    const click = { as: OWNER, at: { channel, ts: message.ts }, ...button };
    await page.post('/human/click', click).catch(() => undefined);
  }
}

const attempts = () =>
  sql<{ outcome: string | null; endedAt: number | null; basis: string | null }[]>`
    select outcome, ended_at, cost_basis as basis from attempt
    where purpose <> 'propose' order by started_at, id`;

test('a call whose process is killed stands open, and is closed as lost by whoever comes next', async () => {
  const bytes = new Uint8Array(await readFile('fixtures/day/blog/outline.md'));
  let page = await start();
  const channel = await dm(page);
  const upload = `/human/upload?as=${OWNER}&name=outline.md`;
  const { file } = await page.post<Uploaded>(upload, bytes);
  stage.script({ lane: 'local', match: 'outline', fault: 'stall' });
  const text = 'lane: local, kind: draft.blog, draft a blog post from the outline';
  await page.post('/human/say', { as: OWNER, channel, text, files: [file.id] });
  await until(
    'the call is being made',
    async () => {
      await agreeTo(page, channel);
      return stage.calls.some((call) => call.fault === 'stall');
    },
    30_000,
  );
  await kill();
  expect(await attempts()).toEqual([{ outcome: null, endedAt: null, basis: null }]);

  page = await start();
  await until('the work is done', async () => {
    const [task] = await sql<{ state: string }[]>`select state from task`;
    return task?.state === 'waiting';
  });
  expect((await attempts()).map(({ outcome, basis }) => [outcome, basis])).toEqual([
    ['interrupted', 'unpriced'],
    ['ok', 'rehearsal'],
  ]);
  const types = await sql<{ type: string; rule: string; cost: number | null }[]>`
    select type, rule, cost_nano as cost from entry
    where type in ('attempt.ended', 'task.retried') order by id`;
  expect(types.map(({ type, rule }) => [type, /#([\w-]+)@/.exec(rule)?.[1]])).toEqual([
    ['attempt.ended', expect.stringMatching(/^LANE-/)],
    ['task.retried', 'INTERRUPTED'],
    ['attempt.ended', expect.stringMatching(/^LANE-/)],
  ]);
  expect(types[0]?.cost).toBeNull();
  await page.post('/human/slash', { as: OWNER, channel, command: '/aios', text: 'why #1.1' });
  const told = await until('why is answered', async () => {
    const at = `/human/messages?as=${OWNER}&channel=${channel}`;
    const { messages } = await page.get<{ messages: readonly Message[] }>(at);
    return messages.find((m) => JSON.stringify(m).includes('the answer is lost'));
  });
  expect(JSON.stringify(told)).toContain('what it cost is not known');
}, 120_000);
