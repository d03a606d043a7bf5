import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestId, TaskId } from '../../src/core/id.ts';
import { refOf } from '../../src/core/rule-set.ts';
import type { NamedRule } from '../../src/core/rule-set.ts';
import { weekly } from '../../src/flow/digest.ts';
import { hear } from '../../src/flow/hear.ts';
import { plan } from '../../src/flow/plan/plan.ts';
import { show } from '../../src/flow/show.ts';
import { sweep } from '../../src/flow/sweep.ts';
import type { TaskRow } from '../../src/flow/ports/rows-work.ts';
import type { World } from '../../src/flow/ports/world.ts';
import { newClient } from '../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
  await newClient(t, 'acme');
  await t.say(OWNER, 'client bind this acme --audience practice', { channel: 'C0ACME' });
}, 60_000);
afterAll(() => t.close());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Friday afternoon in Berlin, and the Monday morning on which the quiet of the weekend ends there. */
const FRIDAY = Date.UTC(2026, 10, 27, 16, 0);
const MONDAY = Date.UTC(2026, 10, 30, 7, 0);

const rule = (id: NamedRule) => refOf(t.world.library.rules, id);

/** A request as somebody writes it, planned; all of its tasks. */
async function asked(text: string, user = OWNER): Promise<readonly TaskRow[]> {
  const ts = `${t.world.clock.newId<string>()}.1`;
  const heard = { eventId: ts, team: TEAM, channel: 'C0ACME', ts, thread: null } as const;
  await hear(t.world, { ...heard, user, text, files: [], door: 'mention' });
  const made = await t.world.store.requestFrom(TEAM, 'C0ACME', ts);
  await plan(t.world, made?.id as RequestId);
  return (await t.world.store.requestFile(made?.id as RequestId))?.tasks ?? [];
}

async function one(text: string, user = OWNER): Promise<TaskRow> {
  const [task] = await asked(text, user);
  if (task === undefined) throw new Error(`no task came of "${text}"`);
  return task;
}

const again = async (id: TaskId): Promise<TaskRow> =>
  (await t.world.store.taskFile(id))?.task as TaskRow;

async function steps(id: TaskId, type: string) {
  return (await t.world.store.trail({ task: id })).filter((entry) => entry.type === type);
}

async function lookAt(ms: number, world: World = t.world): Promise<void> {
  t.setNow(ms);
  await sweep(world);
}

describe('a question that waits', () => {
  test('is reminded of on the first look after a quiet weekend, once, and its entry names the rule', async () => {
    t.setNow(FRIDAY);
    const task = await one('please proofread the attached file');
    expect(task).toMatchObject({ state: 'asking', waitsFor: 'answer:files' });
    for (let now = FRIDAY; now < MONDAY; now += 3 * HOUR) await lookAt(now);
    await lookAt(MONDAY - 60_000);
    expect(await steps(task.id, 'person.reminded')).toEqual([]);

    await lookAt(MONDAY);
    await lookAt(MONDAY + 60_000);
    expect(await steps(task.id, 'person.reminded')).toMatchObject([
      {
        at: MONDAY,
        rule: rule('REMIND'),
        from: 'asking',
        to: 'asking',
        data: { postponed: { due: FRIDAY + DAY, rule: rule('QUIET') } },
      },
    ]);
    expect(await again(task.id)).toMatchObject({
      state: 'asking',
      returnTo: 'proposed',
      waitsFor: 'answer:files',
    });
  });

  test('mentions the one it waits for where it was asked, and in working hours nothing is put off', async () => {
    t.setNow(MONDAY + 2 * HOUR);
    const task = await one('please proofread the attached file', 'U0COLLEAGUE');
    await lookAt(MONDAY + DAY + 2 * HOUR);
    const [reminded] = await steps(task.id, 'person.reminded');
    expect(reminded?.data).toEqual({});
    const card = await t.world.store.cardByKey(
      `remind:${task.id}:${(await again(task.id)).version}`,
    );
    expect(card?.place).toEqual({ at: 'asker' });
    await show(t.world, card?.id as never);
    expect(t.posted.at(-1)).toMatchObject({
      message: {
        is: 'notice',
        mention: 'U0COLLEAGUE',
        text: expect.stringMatching(/^#\d+\.1 still waits for an answer\./),
      },
      to: { channel: 'C0ACME' },
    });
  });

  test('of a guest is reminded of where only the practice reads, and mentions nobody from outside', async () => {
    t.setNow(MONDAY + 3 * HOUR);
    const task = await one('please proofread the attached file', 'U0GUEST');
    await lookAt(MONDAY + DAY + 3 * HOUR);
    const card = await t.world.store.cardByKey(
      `remind:${task.id}:${(await again(task.id)).version}`,
    );
    await show(t.world, card?.id as never);
    expect(t.posted.at(-1)?.message).toMatchObject({ is: 'notice', mention: OWNER });
  });

  test('waits as long as the rule that asks it says', async () => {
    t.setNow(MONDAY + 4 * HOUR);
    const task = await one('please proofread the attached file');
    const { library } = t.world;
    const files = library.rules.asks.get('files');
    if (files === undefined) throw new Error('no rule asks about files');
    const asks = new Map(library.rules.asks).set('files', { ...files, remindAfterHours: 2 });
    const eager = { ...t.world, library: { ...library, rules: { ...library.rules, asks } } };
    await lookAt(MONDAY + 5 * HOUR, eager);
    expect(await steps(task.id, 'person.reminded')).toHaveLength(0);
    await lookAt(MONDAY + 6 * HOUR, eager);
    expect(await steps(task.id, 'person.reminded')).toHaveLength(1);
  });
});

describe('what waits too long', () => {
  test('is put away after four weeks however often it was reminded of, and not on a weekend', async () => {
    const saturday = MONDAY + 5 * DAY;
    t.setNow(saturday);
    const task = await one('please proofread the attached file');
    expect(task.state).toBe('asking');
    for (let now = saturday; now <= saturday + 30 * DAY; now += 8 * HOUR) await lookAt(now);
    expect((await steps(task.id, 'person.reminded')).length).toBeGreaterThan(15);
    const [expired] = await steps(task.id, 'task.expired');
    expect(expired).toMatchObject({
      rule: rule('EXPIRE'),
      from: 'asking',
      data: { postponed: { due: saturday + 28 * DAY, rule: rule('QUIET') } },
    });
    expect(new Date(expired?.at ?? 0).getUTCDay()).toBe(1);
    expect(await again(task.id)).toMatchObject({ state: 'expired', returnTo: 'proposed' });
  });

  test('is found however much else is open', async () => {
    const start = MONDAY + 100 * DAY;
    t.setNow(start);
    const points = Array.from({ length: 10 }, (_, i) => `${i + 1}. format part-${i}.md`).join('\n');
    const tasks: TaskRow[] = [];
    while (tasks.length < 210) tasks.push(...(await asked(points)));
    await lookAt(start + 28 * DAY);
    const [stand] = await t.sql`
      select count(*)::int as n from task where state = 'expired' and id = any(${tasks.map(({ id }) => id)})`;
    expect(stand).toEqual({ n: tasks.length });
  }, 60_000);
});

test('the figures of the week wait for the end of quiet hours, and say so', async () => {
  const night = MONDAY + 7 * DAY - 2 * HOUR;
  t.setNow(night);
  await weekly(t.world, 'digest');
  expect(await t.sql`select 1 from digest_post`).toHaveLength(0);
  const jobs = await t.sql`
    select job_id, subject, extract(epoch from due_at)::float8 * 1000 as due from outbox where name = 'digest'`;
  const ends = MONDAY + 7 * DAY;
  expect([...jobs]).toEqual([{ jobId: `digest_at_${ends}`, subject: String(night), due: ends }]);

  t.setNow(ends);
  await weekly(t.world, String(night));
  const [{ data } = { data: null }] = await posted();
  expect(data).toMatchObject({ postponed: { due: night, rule: rule('QUIET') } });
});

async function posted() {
  const rows = await t.sql<{ data: object }[]>`
    select convert_from(body, 'utf8')::jsonb -> 'data' as data from entry where type = 'digest.posted'`;
  return rows;
}
