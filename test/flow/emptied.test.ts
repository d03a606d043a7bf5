import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';
import { agree, deliveryIn } from '../helpers/presses.ts';
import { until } from '../helpers/until.ts';

const REQUESTS = 6;
const EMPTIED_TIMES = 12;

let running: Running;
let admin: postgres.Sql;
beforeAll(async () => {
  running = await runAios({ env: { AIOS_QUEUE_LOCK_MS: '1000' } });
  admin = postgres(running.adminUrl, { max: 1, onnotice: () => undefined });
}, 60_000);
afterAll(async () => {
  await admin.end();
  await running.close();
});

/** Everything the queue knows is gone, as after the loss of its disk. */
async function empty(): Promise<void> {
  const tables = await admin<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'bullmq' and tablename not like '%migration%'`;
  await admin.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')}`);
}

/** Postgres may end one of two that wait for each other; then it is tried again. */
async function emptyForSure(): Promise<void> {
  await empty().catch(async (thrown: { code?: string }) => {
    if (thrown.code !== '40P01') throw thrown;
    await emptyForSure();
  });
}

test('with the queue emptied again and again, six requests are delivered, each once', async () => {
  const owner = deskOf(running, 'U0OWNER');
  const bytes = await readFile('fixtures/day/untidy/notes.md');
  let channel = '';
  for (let n = 1; n <= REQUESTS; n += 1)
    ({ channel } = await owner.dm('please format the attached file', [
      { name: `notes-${n}.md`, bytes },
    ]));

  let emptied = 0;
  let emptiedAt = 0;
  const pressed = new Set<string>();
  await until(
    'all are delivered and the queue was emptied often',
    async () => {
      if (Date.now() - emptiedAt > 500) {
        await emptyForSure();
        emptied += 1;
        emptiedAt = Date.now();
      }
      for (const message of owner.messages(channel)) {
        const button = agree(message);
        const key = `${message.ts} ${button?.action_id ?? ''}`;
        if (button === undefined || pressed.has(key)) continue;
        pressed.add(key);
        await owner.press(message, button.action_id);
      }
      const [{ n }] = await admin<[{ n: number }]>`
        select count(*)::int as n from task where state = 'delivered'`;
      return n === REQUESTS && emptied >= EMPTIED_TIMES;
    },
    60_000,
  );

  const messages = owner.messages(channel);
  const deliveries = messages.flatMap((message) => deliveryIn(message) ?? []);
  expect(deliveries).toHaveLength(REQUESTS);
  expect(new Set(deliveries).size).toBe(REQUESTS);
  const [counts] = await admin`
    select (select count(*)::int from delivery) as deliveries,
      (select count(*)::int from request) as requests,
      (select count(*)::int from attempt where ended_at is null) as open,
      (select count(*)::int from attempt) as attempts,
      (select count(*)::int from card where kind = 'gate') as gates`;
  expect(counts).toEqual({
    deliveries: REQUESTS,
    requests: REQUESTS,
    open: 0,
    attempts: REQUESTS,
    gates: REQUESTS,
  });
  const cards = messages.filter((message) => message.bot && message.blocks !== undefined);
  const [{ shown }] = await admin<[{ shown: number }]>`
    select count(*)::int as shown from card where ts is not null`;
  expect(cards).toHaveLength(shown);
}, 90_000);

test('the schedules come back by themselves', async () => {
  await emptyForSure();
  const schedules = async (): Promise<readonly string[]> => {
    const rows = await admin<{ id: string }[]>`
      select scheduler_id as id from bullmq.scheduler order by 1`;
    return rows.map((row) => row.id);
  };
  await until('all are there again', async () => (await schedules()).length === 3);
  expect(await schedules()).toEqual(['digest', 'retain', 'sweep']);
});
