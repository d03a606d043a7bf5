import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntryId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import type { CardId } from '../../src/flow/ports/rows-cards.ts';
import type { Act, Change, Outcome } from '../../src/flow/ports/store.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { commit } from '../../src/store/commit.ts';
import { sampleData } from '../helpers/entries.ts';
import { makeScene, NOW, waitingTask } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.close());

const STAMP = { build: 'b', origin: 'test', policy: () => 'ab'.repeat(32) };
const id = <T extends string>(): T => randomUUID() as string as T;

type Part = Partial<Omit<Act, 'at'>>;
const write = (part: Part): Promise<Outcome> =>
  commit(scene.writer, { entries: [], changes: [], cards: [], jobs: [], at: NOW, ...part }, STAMP);

/** An act that moves a task from `waiting`, with the job that follows. */
function queueAgain(task: TaskId, version: number): Part & { readonly entry: EntryId } {
  const entry = id<EntryId>();
  const draft = {
    type: 'task.claimed',
    actor: { kind: 'system', id: 'test' },
    task,
    from: 'waiting',
    to: 'queued',
  } as const;
  const set = { state: 'queued', version: version + 1, lastEntry: entry } as const;
  return {
    entry,
    entries: [{ id: entry, cause: null, draft }],
    changes: [{ update: 'task', set, where: { id: task, version, state: 'waiting' } }],
    jobs: [{ queue: 'lane-tool', name: 'work', subject: task, jobId: `work_${entry}`, dueAt: NOW }],
  };
}

/** How much is in the tables an act writes. */
async function counted() {
  const [row] = await scene.writer`
    select (select count(*)::int from entry) as entries, (select count(*)::int from outbox) as jobs,
      (select count(*)::int from card) as cards, (select count(*)::int from inbox) as inbox`;
  return row;
}

test('an act is written whole', async () => {
  const { task } = await waitingTask(scene);
  const act = queueAgain(task, 6);
  expect(await write(act)).toBe('done');
  const [row] = await scene.writer`select state, version, last_entry from task where id = ${task}`;
  expect(row).toEqual({ state: 'queued', version: 7, lastEntry: act.entry });
  expect(await scene.writer`select 1 from outbox where subject = ${task}`).toHaveLength(1);
});

test.each<[string, (task: TaskId) => Part]>([
  ['a version that is gone', (task) => queueAgain(task, 5)],
  [
    'an event that was heard before',
    (task) => {
      const act = queueAgain(task, 6);
      const again: Change = { insert: 'inbox', row: { eventId: 'heard', at: NOW } };
      return { ...act, changes: [...(act.changes ?? []), again] };
    },
  ],
])('with %s an act is lost and leaves nothing', async (_, act) => {
  const { task } = await waitingTask(scene);
  await scene.writer`insert into inbox values ('heard', ${NOW}) on conflict do nothing`;
  const before = await counted();
  const card = {
    id: id<CardId>(),
    key: randomUUID(),
    kind: 'notice',
    place: { at: 'origin' },
  } as const;
  expect(await write({ ...act(task), cards: [card] })).toBe('lost');
  expect(await counted()).toEqual(before);
});

test('rows of one table that follow one another arrive each with what it holds, and with them the act is lost', async () => {
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
  const heard = (eventId: string, at = NOW): Change => ({ insert: 'inbox', row: { eventId, at } });
  expect(await write({ changes: [heard(one), heard(two, moment(NOW + 5))] })).toBe('done');
  const rows = await scene.writer`select * from inbox where event_id in ${scene.writer([one, two])}
    order by at`;
  expect(rows).toEqual([
    { eventId: one, at: NOW },
    { eventId: two, at: NOW + 5 },
  ]);
  expect(await write({ changes: [heard(three), heard(two)] })).toBe('lost');
  expect(await scene.writer`select 1 from inbox where event_id = ${three}`).toHaveLength(0);
});

test('an act the database refuses leaves nothing and says why', async () => {
  const { task } = await waitingTask(scene);
  const before = await counted();
  const { jobs = [], changes = [] } = queueAgain(task, 6);
  await expect(write({ jobs, changes })).rejects.toThrow(
    /no new entry says so|violates foreign key/,
  );
  expect(await counted()).toEqual(before);
});

test('of twenty who move a task at once exactly one does', async () => {
  const { task } = await waitingTask(scene);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => write(queueAgain(task, 6))));
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(19);
  expect(await scene.writer`select 1 from outbox where subject = ${task}`).toHaveLength(1);
  const moved =
    await scene.writer`select 1 from entry where task_id = ${task} and to_state = 'queued' and from_state = 'waiting'`;
  expect(moved).toHaveLength(1);
});

test('an entry reads back as it was said, from its bytes alone, and its columns are those bytes', async () => {
  const entry = id<EntryId>();
  const cause = id<EntryId>();
  const draft = {
    type: 'attempt.ended',
    actor: { kind: 'persona', id: 'editor', version: 'v1' },
    rule: 'lanes.yaml#R@0123456789abcdef',
    client: scene.client,
    request: scene.request,
    task: id<TaskId>(),
    attempt: id<never>(),
    from: 'working',
    to: 'reviewing',
    lane: 'senior',
    model: 'm',
    persona: 'editor',
    costNano: nanoUsd(9_007_199_254_740_991),
    minutes: 12,
    draft: 'cd'.repeat(32),
    data: { ...sampleData('attempt.ended'), provider: 'ärzte', latency_ms: 3, price: null },
  } as const;
  expect(await write({ entries: [{ id: entry, cause, draft }] })).toBe('done');
  const [row] = await scene.writer`select * from entry where entry_id = ${entry}`;
  const body = row?.['body'] as Uint8Array;
  const read = readEntry(body);
  expect(read).toMatchObject({ ...draft, id: entry, cause, at: NOW, build: 'b', origin: 'test' });
  expect(read.policy).toBe('ab'.repeat(32));
  expect(read.nonce).toMatch(/^[0-9a-f]{32}$/);
  expect(row).toMatchObject({
    entryId: read.id,
    type: read.type,
    at: read.at,
    clientId: read.client,
    requestId: read.request,
    taskId: read.task,
    attemptId: read.attempt,
    actorKind: read.actor.kind,
    actorId: read.actor.id,
    lane: read.lane,
    model: read.model,
    persona: read.persona,
    rule: read.rule,
    fromState: read.from,
    toState: read.to,
    draftSha256: read.draft,
    costNano: read.costNano,
    minutes: read.minutes,
  });
  expect(Buffer.from(row?.['leaf'] as Uint8Array)).toEqual(leafHash(body));
});

test('a card wanted twice is one card and two jobs', async () => {
  const key = `plan:${randomUUID()}`;
  const want = () =>
    write({
      cards: [
        { id: id<CardId>(), key, kind: 'plan', place: { at: 'review' }, requestId: scene.request },
      ],
    });
  expect([await want(), await want()]).toEqual(['done', 'done']);
  const cards = await scene.writer<
    { id: string; wanted: number; shown: number }[]
  >`select * from card where key = ${key}`;
  expect(cards).toMatchObject([{ wanted: 2, shown: 0 }]);
  const jobs =
    await scene.writer`select job_id from outbox where subject = ${cards[0]?.id ?? ''} order by id`;
  expect(jobs.map((job) => job['jobId'])).toEqual([
    `post_${cards[0]?.id}_1`,
    `post_${cards[0]?.id}_2`,
  ]);
});

test('a field no column holds is refused before anything is written', async () => {
  const before = await counted();
  const row = { eventId: randomUUID(), at: NOW, colour: 'red' };
  await expect(write({ changes: [{ insert: 'inbox', row }] })).rejects.toThrow(
    'table inbox has no column for colour',
  );
  expect(await counted()).toEqual(before);
});
