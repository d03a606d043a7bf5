import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { onDatabase } from '../../src/embedded/database.ts';
import { startEmbedded, stopEmbedded } from '../../src/embedded/launch.ts';
import type { Channel, Message, Uploaded } from '../../src/workspace/human/protocol.ts';
import { built } from '../helpers/built.ts';
import { agree, deliveryIn } from '../helpers/presses.ts';
import { until } from '../helpers/until.ts';

const OWNER = 'U0OWNER';
const REQUESTS = 5;
const KILLS = 8;
const SEED = 20_261_123;

/** mulberry32: the same moments in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-kill-'));
const home = path.join(folder, 'home');
const keys = path.join(folder, 'keys');

let child: ChildProcess | undefined;
const said: string[] = [];
beforeAll(() => built(), 60_000);
afterAll(async () => {
  await kill();
  await stopEmbedded(home);
  rmSync(folder, { recursive: true, force: true });
});

/** The page of a started program, as the owner's browser has it. */
type Page = {
  get<T>(at: string): Promise<T>;
  post<T>(at: string, body: unknown): Promise<T>;
};

/** `npm start` on a home of its own; comes back with the page behind the printed address. */
async function start(): Promise<Page> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  child = spawn(process.execPath, [path.resolve('bin/aios.mjs'), 'start'], {
    env: {
      ...env,
      AIOS_HOME: home,
      AIOS_KEYS: keys,
      AIOS_PORT: '0',
      AIOS_QUEUE_LOCK_MS: '1000',
      AIOS_TIME_ZONE: 'Europe/Berlin',
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

async function enter(url: string): Promise<Page> {
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

async function kill(): Promise<void> {
  const dying = child;
  child = undefined;
  if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
  dying.kill('SIGKILL');
  await once(dying, 'exit');
}

async function messagesOf(page: Page): Promise<{ channel: string; messages: readonly Message[] }> {
  const { channel } = await page.post<{ channel: Channel }>('/human/open_dm', {
    as: OWNER,
    with: 'U0AIOS',
  });
  const at = `/human/messages?as=${OWNER}&channel=${channel.id}`;
  const { messages } = await page.get<{ messages: readonly Message[] }>(at);
  return { channel: channel.id, messages };
}

const words = (n: number): string => `please format the attached file number ${n}`;

/** Says what was not said yet, then presses whatever waits to be agreed to. Throws when the program dies meanwhile. */
async function takePart(page: Page, bytes: Uint8Array): Promise<void> {
  const { channel, messages } = await messagesOf(page);
  const asked = messages.filter((message) => !message.bot).map((message) => message.text);
  const next = Array.from({ length: REQUESTS }, (_, n) => n).find((n) => !asked.includes(words(n)));
  if (next !== undefined) {
    const { file } = await page.post<Uploaded>(
      `/human/upload?as=${OWNER}&name=notes-${next}.md`,
      bytes,
    );
    await page.post('/human/say', { as: OWNER, channel, text: words(next), files: [file.id] });
  }
  for (const message of messages) {
    const button = agree(message);
    if (button !== undefined)
      await page
        .post('/human/click', { as: OWNER, at: { channel, ts: message.ts }, ...button })
        .catch(unlessGone);
  }
}

/** A card may be redrawn between the look and the click. */
function unlessGone(thrown: Error): void {
  if (!thrown.message.startsWith('404 ')) throw thrown;
}

/** Everything that tells why a task stands still, for the message of a failure. */
async function standing(sql: postgres.Sql, page: Page): Promise<string> {
  const tasks = await sql`select id, state, waits_for, version, draft_id from task`;
  const cards = await sql`
    select kind, ts, channel, wanted, shown, trying, task_id, draft_id from card order by id`;
  const jobs = await sql`select job_id, sent_at from outbox where done_at is null`;
  const busy = await sql`
    select pid, state, wait_event, left(query, 80) as query from pg_stat_activity
    where state <> 'idle' and pid <> pg_backend_pid()`;
  const { messages } = await messagesOf(page);
  const seen = messages.map(({ ts, text, blocks }) => ({
    ts,
    text: text.slice(0, 120),
    blocks: JSON.stringify(blocks ?? []).length,
  }));
  return JSON.stringify({ tasks, cards, jobs, busy, seen, said }, null, 1);
}

test('killed at any moment it loses nothing, does nothing twice and delivers nothing unapproved', async () => {
  const bytes = new Uint8Array(await readFile('fixtures/day/untidy/notes.md'));
  const random = seeded(SEED);
  let page = await start();
  const { channel } = await messagesOf(page);
  const budget = { as: OWNER, channel, command: '/aios', text: 'budget set month 100000 minutes' };
  await page.post('/human/slash', budget);
  for (let kills = 0; kills < KILLS; kills += 1) {
    const dies = Date.now() + 150 + random() * 1_600;
    const killed = new Promise((go) => setTimeout(go, dies - Date.now())).then(kill);
    while (child !== undefined) await takePart(page, bytes).catch(() => undefined);
    await killed;
    page = await start();
  }
  const { adminUrl, how } = await startEmbedded({ home, keys });
  expect(how).toBe('adopted');
  const sql = postgres(onDatabase(adminUrl, 'aios_rehearsal'), { max: 1 });
  try {
    await until(
      'everything is delivered',
      async () => {
        await takePart(page, bytes);
        const [{ n }] = await sql<[{ n: number }]>`
          select count(*)::int as n from task where state = 'delivered'`;
        return n === REQUESTS;
      },
      40_000,
    ).catch(async (thrown: Error) => {
      throw new Error(`${thrown.message}\n${await standing(sql, page)}`);
    });
    await until('the jobs are done', async () => {
      const [{ n }] = await sql<[{ n: number }]>`
        select count(*)::int as n from outbox where done_at is null`;
      return n === 0;
    });
    const { messages } = await messagesOf(page);
    const deliveries = messages.flatMap((message) => deliveryIn(message) ?? []);
    expect(new Set(deliveries).size).toBe(REQUESTS);
    expect(deliveries).toHaveLength(REQUESTS);
    const [found] = await sql`
      select (select count(*)::int from request) as requests,
        (select count(*)::int from task) as tasks,
        (select count(*)::int from delivery) as deliveries,
        (select count(*)::int from attempt where ended_at is null) as open_attempts,
        (select count(*)::int from entry where type = 'attempt.started')
          - (select count(*)::int from entry where type = 'attempt.ended') as unended,
        (select count(*)::int from delivery v where not exists (
          select 1 from decision d where d.id = v.decision_id and d.verb = 'approve')) as unapproved,
        (select count(*)::int from card where ts is null) as unshown,
        (select count(*)::int from attempt a left join reservation r on r.attempt_id = a.id
          where r.settled is null) as unsettled,
        (select (p.reserved, p.spent) = (0, (select sum(settled) from reservation))
          from budget_period p) as adds_up`;
    expect(found).toEqual({
      requests: REQUESTS,
      tasks: REQUESTS,
      deliveries: REQUESTS,
      open_attempts: 0,
      unended: 0,
      unapproved: 0,
      unshown: 0,
      unsettled: 0,
      adds_up: true,
    });
    const [{ shown }] = await sql<[{ shown: number }]>`
      select count(*)::int as shown from card where ts is not null`;
    const cards = messages.filter((message) => message.bot && message.blocks !== undefined);
    expect(cards).toHaveLength(shown);
  } finally {
    await sql.end();
  }
}, 120_000);
