import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { onDatabase } from '../../src/embedded/database.ts';
import { startEmbedded } from '../../src/embedded/launch.ts';
import { built } from '../helpers/built.ts';
import { openPage } from '../helpers/page.ts';
import type { Page } from '../helpers/page.ts';
import { deliveryIn } from '../helpers/presses.ts';
import { makePlace } from '../helpers/program.ts';
import { until } from '../helpers/until.ts';

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

const place = makePlace();
let page: Page | undefined;
beforeAll(() => built(), 60_000);
afterAll(async () => {
  await page?.kill();
  await place.remove();
});

const start = (): Promise<Page> => openPage({ ...place.env, AIOS_QUEUE_LOCK_MS: '1000' });

const words = (n: number): string => `please format the attached file number ${n}`;

/** Says what was not said yet, then presses whatever waits to be agreed to. Throws when the program dies meanwhile. */
async function takePart(on: Page, bytes: Uint8Array): Promise<void> {
  const said = (await on.messages()).map(({ text }) => text);
  const next = Array.from({ length: REQUESTS }, (_, n) => n).find((n) => !said.includes(words(n)));
  if (next !== undefined) await on.say(words(next), { [`notes-${next}.md`]: bytes });
  await on.agree();
}

/** Everything that tells why a task stands still, for the message of a failure. */
async function standing(sql: postgres.Sql, on: Page): Promise<string> {
  const tasks = await sql`select id, state, waits_for, version, draft_id from task`;
  const cards = await sql`
    select kind, ts, channel, wanted, shown, trying, task_id, draft_id from card order by id`;
  const jobs = await sql`select job_id, sent_at from outbox where done_at is null`;
  const busy = await sql`
    select pid, state, wait_event, left(query, 80) as query from pg_stat_activity
    where state <> 'idle' and pid <> pg_backend_pid()`;
  const seen = (await on.messages()).map(({ ts, text, blocks }) => ({
    ts,
    text: text.slice(0, 120),
    blocks: JSON.stringify(blocks ?? []).length,
  }));
  return JSON.stringify({ tasks, cards, jobs, busy, seen, said: on.program.said() }, null, 1);
}

test('killed at any moment it loses nothing, does nothing twice and delivers nothing unapproved', async () => {
  const bytes = new Uint8Array(await readFile('fixtures/day/untidy/notes.md'));
  const random = seeded(SEED);
  let now = await start();
  page = now;
  await now.command('budget set month 100000 minutes');
  for (let kills = 0; kills < KILLS; kills += 1) {
    const after = 150 + random() * 1_600;
    let dead = false;
    const killed = new Promise((go) => setTimeout(go, after)).then(() => {
      dead = true;
      return now.kill();
    });
    while (!dead) await takePart(now, bytes).catch(() => undefined);
    await killed;
    now = await start();
    page = now;
  }
  const { adminUrl, how } = await startEmbedded({ home: place.home, keys: `${place.home}-keys` });
  expect(how).toBe('adopted');
  const sql = postgres(onDatabase(adminUrl, 'aios_rehearsal'), { max: 1 });
  try {
    await until(
      'everything is delivered',
      async () => {
        await takePart(now, bytes);
        const [{ n }] = await sql<[{ n: number }]>`
          select count(*)::int as n from task where state = 'delivered'`;
        return n === REQUESTS;
      },
      60_000,
    ).catch(async (thrown: Error) => {
      throw new Error(`${thrown.message}\n${await standing(sql, now)}`);
    });
    await until('the jobs are done', async () => {
      const [{ n }] = await sql<[{ n: number }]>`
        select count(*)::int as n from outbox where done_at is null`;
      return n === 0;
    });
    const messages = await now.messages();
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
}, 180_000);
