import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClientId, RequestId } from '../../../src/core/id.ts';
import { hear } from '../../../src/flow/hear.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import type { Heard } from '../../../src/flow/ports/doors.ts';
import type { CardId } from '../../../src/flow/ports/rows-cards.ts';
import { press } from '../../../src/flow/press.ts';
import { newClient, openWith, textOf } from '../../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
let acme: ClientId;
beforeAll(async () => {
  t = await makeTestWorld();
  acme = await newClient(t, 'acme');
}, 60_000);
afterAll(() => t.close());

let said = 0;

/** The owner writes in a channel; gives the request, read as far as it goes. */
async function write(channel: string, text: string, more: Partial<Heard> = {}): Promise<RequestId> {
  const ts = `${(said += 1)}.000000`;
  const heard: Heard = {
    eventId: `event-${said}`,
    team: TEAM,
    channel,
    ts,
    thread: null,
    user: OWNER,
    text,
    files: [],
    door: 'mention',
    ...more,
  };
  expect(await hear(t.world, heard)).toEqual({ is: 'stored' });
  const made = await t.world.store.requestFrom(TEAM, channel, ts);
  if (made === null) throw new Error('nothing was stored');
  await plan(t.world, made.id);
  return made.id;
}

async function wordsOf(request: RequestId) {
  const file = await t.world.store.requestFile(request);
  const row = file === null ? null : await t.world.store.body(file.request.bodyId);
  if (file === null || row === null) throw new Error('the request has no words');
  return { file, row };
}

test('what is heard lies under the practice’s key until a button says whose it is, and under the client’s from then on', async () => {
  const request = await write('C0ANYWHERE', 'please format the attached file');
  const before = await wordsOf(request);
  expect(before.row).toMatchObject({ clientId: null, keyName: 'practice.1', requestId: request });

  const question = before.file.questions[0];
  const card = await t.world.store.cardByKey(`question:${question?.id}`);
  const answer = { card: card?.id as CardId, verb: 'answer', choice: acme } as const;
  await press(t.world, { ...answer, team: TEAM, user: OWNER });

  const { file, row } = await wordsOf(request);
  expect(row).toMatchObject({ clientId: acme, keyName: `client-${acme}.1`, requestId: request });
  expect(row.digest).toBe(before.row.digest);
  expect(JSON.parse(await textOf(t, row.id))).toMatchObject({
    text: 'please format the attached file',
  });
  const asked = await t.world.store.body(file.questions[0]?.textBody as typeof row.id);
  expect(asked).toMatchObject({ clientId: acme, keyName: `client-${acme}.1` });
  expect((await t.world.store.trail({ request })).map((entry) => entry.type)).toEqual([
    'request.received',
    'person.asked',
    'request.placed',
  ]);
  // An older copy of the row still opens, with the practice's key: turning that one ends it.
  expect(openWith(t.keysAt, before.row)).toContain('format');
});

test('words that say whose it is are the client’s from the start', async () => {
  const request = await write('C0ELSEWHERE', 'please format the other file');
  const { file } = await wordsOf(request);
  const reply = { channel: 'C0ELSEWHERE', ts: '900.1', thread: file.request.thread } as const;
  const heard = { eventId: 'reply-1', team: TEAM, user: OWNER, files: [], door: 'reply' } as const;
  expect(await hear(t.world, { ...heard, ...reply, text: 'Acme' })).toEqual({ is: 'stored' });
  const answered = (await wordsOf(request)).file.questions[0];
  const words = await t.world.store.body(answered?.answerBody as never);
  expect(words).toMatchObject({ clientId: acme, requestId: request, kind: 'reason' });
  expect((await wordsOf(request)).row.clientId).toBe(acme);
});

test('a channel that is the client’s says it as well, and tasks hold their own texts', async () => {
  await t.say(OWNER, 'client bind this acme --audience practice', { channel: 'C0ACME' });
  const request = await write('C0ACME', 'please proofread this: Clay is patiant.');
  const { file, row } = await wordsOf(request);
  expect(row).toMatchObject({ clientId: acme, keyName: `client-${acme}.1` });
  const [task] = file.tasks;
  expect(await t.world.store.body(task?.bodyId as typeof row.id)).toMatchObject({
    clientId: acme,
    requestId: request,
    taskId: task?.id,
    kind: 'piece',
  });
  const rows = await t.sql`select 1 from body where request_id is null`;
  expect(rows).toHaveLength(0);
});
