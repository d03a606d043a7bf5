import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openRehearsal } from '../../src/rehearsal/open.ts';
import type { Rehearsal } from '../../src/rehearsal/open.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { built } from '../helpers/built.ts';
import { keysFolder } from '../helpers/keys.ts';
import { openPage } from '../helpers/page.ts';
import type { Page } from '../helpers/page.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { makePlace } from '../helpers/program.ts';
import { until } from '../helpers/until.ts';

/** A real process, killed while a model server holds its call. */

const place = makePlace();

let stage: Rehearsal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: Sql;
let page: Page | undefined;
beforeAll(async () => {
  await built();
  stage = await openRehearsal();
  database = await freshDatabase();
  sql = connect(database.url, 1);
}, 60_000);
afterAll(async () => {
  await page?.kill();
  await sql.end();
  await stage.close();
  await database.drop();
  await place.remove();
});

/** With its local lane at the stand-in of this test. */
const start = (): Promise<Page> =>
  openPage({
    ...place.env,
    AIOS_KEYS: keysFolder(),
    AIOS_QUEUE_LOCK_MS: '1000',
    DATABASE_URL: database.url,
    OLLAMA_HOST: stage.ollamaUrl,
    AIOS_LOCAL_MODEL: 'rehearsal-local',
  });

const attempts = () =>
  sql<{ outcome: string | null; endedAt: number | null; basis: string | null }[]>`
    select outcome, ended_at, cost_basis as basis from attempt
    where purpose <> 'propose' order by started_at, id`;

test('a call whose process is killed stands open, and is closed as lost by whoever comes next', async () => {
  const bytes = new Uint8Array(await readFile('fixtures/day/blog/outline.md'));
  const first = await start();
  page = first;
  await first.command('budget set month 100000 minutes');
  stage.script({ lane: 'local', match: 'outline', fault: 'stall' });
  const text = 'lane: local, kind: draft.blog, draft a blog post from the outline';
  await first.say(text, { 'outline.md': bytes });
  await until(
    'the call is being made',
    async () => {
      await first.agree();
      return stage.calls.some((call) => call.fault === 'stall');
    },
    30_000,
  );
  await first.kill();
  expect(await attempts()).toEqual([{ outcome: null, endedAt: null, basis: null }]);

  const second = await start();
  page = second;
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
  const [{ likely } = { likely: null }] = await sql<{ likely: string | null }[]>`
    select convert_from(body, 'UTF8')::jsonb #>> '{data,token_probability}' as likely from entry
    where type = 'attempt.ended' order by id desc limit 1`;
  expect(likely).toBe('9900');
  const told = await second.command('why #1.1');
  expect(told).toContain('the answer is lost');
  expect(told).toContain('what it cost is not known');

  // Said by two at once, it is said once.
  const before = (await second.messages()).length;
  const twice = [1, 2].map(() => second.command('cost lost #1.1 0'));
  await Promise.all(twice);
  const answers = await until('both are answered', async () => {
    const all = (await second.messages()).slice(before).map(({ text }) => text);
    return all.filter((text) => text.includes('#1.1') || text.includes('again')).length >= 2 && all;
  });
  expect(answers.join('\n')).toContain('(local, interrupted) came to $0.00');
  const [ended] = await sql<{ id: string }[]>`
    select entry_id as id from entry where type = 'attempt.ended' order by id limit 1`;
  const corrections = await sql<{ corrects: string }[]>`
    select convert_from(body, 'UTF8')::jsonb #>> '{data,corrects}' as corrects from entry
    where type = 'cost.adjusted'`;
  expect(corrections).toEqual([{ corrects: ended?.id }]);
  const counted = await sql<{ counted: string; settled: number }[]>`
    select counted, settled::int from reservation where counted <> 'booked'`;
  expect(counted).toEqual([{ counted: 'reconciled', settled: 0 }]);
  expect(await second.command('cost lost #1.1 0.012')).toContain('has a cost that is known');
}, 120_000);
