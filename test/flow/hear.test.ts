import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Heard } from '../../src/flow/ports/doors.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  GUEST,
  numberAt,
  OWNER,
  settleAcme,
  TEAM,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { countEntries } from '../helpers/count-entries.ts';
import { deskOf } from '../helpers/desk.ts';
import { fixture } from '../helpers/files.ts';
import { until } from '../helpers/until.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

const desk = (as: string) => deskOf(running, as);
const world = () => running.aios.world;

async function requests(): Promise<number> {
  const [row] = await running.aios.base.sql<
    { n: number }[]
  >`select count(*)::int as n from request`;
  return row?.n ?? 0;
}

/** Waits until nothing that was sent to AIOS is under way. */
async function quiet(): Promise<void> {
  await until('nothing is under way', () => {
    const log = running.human.log();
    const acked = new Set(
      log.filter((n) => n.is === 'acked' || n.is === 'unacked').map((n) => n.envelope),
    );
    return log.filter((n) => n.is === 'sent').every((n) => acked.has(n.envelope));
  });
}

function heard(more: Partial<Heard>): Heard {
  return {
    eventId: world().clock.newId<string>(),
    team: TEAM,
    channel: ACME,
    ts: '1.000100',
    thread: null,
    user: COLLEAGUE,
    text: 'draft a blog post',
    files: [],
    door: 'mention',
    ...more,
  };
}

test('eleven deliveries of one message, under its own and other ids, make one request', async () => {
  const { human } = running;
  const before = await requests();
  const said = await desk(COLLEAGUE).say(ACME, '@aios draft a blog post about clay');
  await numberAt(running, said);
  const id = human.faults.eventIds().at(-1) ?? '';
  await Promise.all(
    Array.from({ length: 10 }, (_, n) => human.faults.redeliver(id, n < 5 ? id : `Ev0AGAIN${n}`)),
  );
  await quiet();
  expect(await requests()).toBe(before + 1);
  await running.human.waitForMessage({ channel: ACME, as: COLLEAGUE }, (m) =>
    m.text.includes('A person looks at it'),
  );
  const received = human
    .thread(ACME, said.ts, { as: COLLEAGUE })
    .filter((m) => m.bot && m.text.includes('A person looks at it'));
  expect(received).toHaveLength(1);
});

test('an acknowledgement that is lost makes no second request', async () => {
  const { human } = running;
  const before = await requests();
  human.faults.dropAcks(1);
  const said = await desk(COLLEAGUE).say(ACME, '@aios draft a blog post about glazing');
  await numberAt(running, said);
  await until('it was sent again', () =>
    human.log().some((n) => n.is === 'sent' && n.attempt === 1),
  );
  await quiet();
  expect(await requests()).toBe(before + 1);
}, 20_000);

test('twenty at once, by somebody never seen before, make twenty requests', async () => {
  const before = await requests();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      running.aios.verbs.hear(heard({ ts: `20.${String(n).padStart(6, '0')}`, user: 'U0NEW' })),
    ),
  );
  expect(new Set(outcomes.map((o) => o.is))).toEqual(new Set(['stored']));
  expect(await requests()).toBe(before + 20);
  const people = (await world().store.people()).filter((p) => p.slackUser === 'U0NEW');
  expect(people).toHaveLength(1);
});

test('the same words twenty times at once make one request', async () => {
  const before = await requests();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => running.aios.verbs.hear(heard({ ts: '30.000100' }))),
  );
  expect(outcomes.filter((o) => o.is === 'stored')).toHaveLength(1);
  expect(outcomes.filter((o) => o.is === 'repeat')).toHaveLength(19);
  expect(await requests()).toBe(before + 1);
});

test('requests are numbered in the order they were taken in', async () => {
  const numbers: number[] = [];
  for (const text of ['one', 'two', 'three']) {
    const said = await desk(COLLEAGUE).say(ACME, `@aios draft a blog post about ${text}`);
    numbers.push(await numberAt(running, said));
  }
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(new Set(numbers).size).toBe(3);
});

test('in a thread only the requester and approvers answer; what others say changes nothing', async () => {
  const { human } = running;
  const said = await desk(COLLEAGUE).say(ACME, '@aios please have a look at this', [
    await fixture('day/blog/draft.md'),
  ]);
  const number = await numberAt(running, said);
  await desk(COLLEAGUE).card(ACME, 'answer', `*#${number}.1*`);
  const { store } = world();
  const row = await store.requestFrom(TEAM, ACME, said.ts);
  const file = async () => store.requestFile(row?.id ?? ('' as never));
  const before = JSON.stringify((await file())?.tasks);
  const entries = await countEntries(running.aios.base.sql);
  const inThread = { thread: said.ts, door: 'reply', text: 'proofread it, I would say' } as const;

  // A plain reply of somebody else, a guest's, and one in which nothing of ours is meant.
  for (const user of [GUEST, 'U0NEW'])
    expect(await running.aios.verbs.hear(heard({ ...inThread, user, ts: `40.${user}` }))).toEqual({
      is: 'stored',
    });
  expect(
    await running.aios.verbs.hear(heard({ ...inThread, text: '', ts: '41.000100', user: GUEST })),
  ).toEqual({
    is: 'stored',
  });
  expect(JSON.stringify((await file())?.tasks)).toBe(before);
  expect(await countEntries(running.aios.base.sql)).toBe(entries);

  // The guest's mention is work of its own; the question stays open.
  const guests = await desk(GUEST).reply(said, '@aios proofread it');
  expect(await numberAt(running, guests)).toBeGreaterThan(number);
  expect((await file())?.questions.every((q) => q.answeredAt === null)).toBe(true);

  await desk(COLLEAGUE).reply(said, '@aios List spelling and grammar mistakes');
  await human.waitForMessage(
    { channel: ACME, as: COLLEAGUE },
    (m) => m.text.includes('Answered by') && m.text.includes(`#${number}.1`),
  );
  const task = (await file())?.tasks[0];
  expect(task).toMatchObject({ state: 'proposed', kind: 'proofread.report' });
});

test('an approver answers in the thread as well', async () => {
  const said = await desk(COLLEAGUE).say(ACME, '@aios is this one alright?', [
    await fixture('day/blog/draft.md'),
  ]);
  const number = await numberAt(running, said);
  await desk(COLLEAGUE).card(ACME, 'answer', `*#${number}.1*`);
  await desk(APPROVER).reply(said, '@aios List spelling and grammar mistakes');
  await until('it is answered', async () => {
    const row = await world().store.requestFrom(TEAM, ACME, said.ts);
    const file = row === null ? null : await world().store.requestFile(row.id);
    return file?.tasks[0]?.kind === 'proofread.report';
  });
});

test('AIOS never hears itself, and the owner is known from the start', async () => {
  const before = await requests();
  await running.human.faults.deliver({
    type: 'app_mention',
    user: 'U0AIOS',
    text: '<@U0AIOS> draft a blog post',
    ts: '50.000100',
    channel: ACME,
  });
  await quiet();
  expect(await requests()).toBe(before);
  expect((await world().store.people()).find((p) => p.role === 'owner')?.slackUser).toBe(OWNER);
});
