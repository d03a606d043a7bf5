import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { BodyId, ClientId, RequestId } from '../../../src/core/id.ts';
import { eraseTexts } from '../../../src/flow/erase/erase.ts';
import type { Order } from '../../../src/flow/erase/erase.ts';
import { endingOf, subjectOf } from '../../../src/flow/erase/subject.ts';
import { hear } from '../../../src/flow/hear.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import { press } from '../../../src/flow/press.ts';
import type { CardId } from '../../../src/flow/ports/rows-cards.ts';
import type { RequestFile } from '../../../src/flow/ports/store.ts';
import { newClient } from '../../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
let acme: ClientId;
let order: Order;
beforeAll(async () => {
  t = await makeTestWorld();
  acme = await newClient(t, 'acme');
  await t.say(OWNER, 'client bind this acme --audience practice', { channel: 'C0ACME' });
  const owner = await t.world.store.personBySlack(TEAM, OWNER);
  if (owner === null) throw new Error('the practice has no owner');
  order = { ground: 'person', by: owner.id, actor: { kind: 'person', id: owner.id } };
}, 60_000);
afterAll(() => t.close());

let said = 0;

/** A request in acme's channel, planned and then cancelled. */
async function cancelled(text: string): Promise<RequestFile> {
  const ts = `${(said += 1)}.1`;
  const heard = {
    eventId: ts,
    team: TEAM,
    channel: 'C0ACME',
    ts,
    thread: null,
    user: OWNER,
  } as const;
  await hear(t.world, { ...heard, text, files: [], door: 'mention' });
  const made = await t.world.store.requestFrom(TEAM, 'C0ACME', ts);
  const id = made?.id as RequestId;
  await plan(t.world, id);
  const card = await t.world.store.cardByKey(`plan:${id}`);
  const cancel = { card: card?.id as CardId, verb: 'cancel', team: TEAM, user: OWNER } as const;
  expect(await press(t.world, cancel)).toMatchObject({ is: 'done' });
  return (await t.world.store.requestFile(id)) as RequestFile;
}

const isGone = (id: BodyId): Promise<boolean> =>
  t.world.bodies.get(id).then(
    () => false,
    (thrown: { code?: string }) => thrown.code === 'erased',
  );

test('one piece of several is erased alone: its request and the others keep their texts', async () => {
  const file = await cancelled('1. format notes.md\n2. proofread page.html');
  const [one, two] = file.tasks;
  if (one === undefined || two === undefined) throw new Error('expected two pieces');
  const subject = await subjectOf(t.world, { is: 'task', id: one.id });
  expect(subject).toEqual({
    scope: { is: 'task', id: one.id },
    client: acme,
    request: file.request.id,
    task: one.id,
  });
  await eraseTexts(t.world, { order, subject });
  expect(await isGone(one.bodyId)).toBe(true);
  expect([await isGone(two.bodyId), await isGone(file.request.bodyId)]).toEqual([false, false]);
  const [entry] = (await t.world.store.trail({ task: one.id })).slice(-1);
  expect(entry).toMatchObject({ type: 'content.erased', data: { scope: 'task' } });

  const whole = await subjectOf(t.world, { is: 'request', id: file.request.id });
  await eraseTexts(t.world, { order, subject: whole });
  expect([await isGone(two.bodyId), await isGone(file.request.bodyId)]).toEqual([true, true]);
});

test('the only piece is erased with its request, whose words are its material', async () => {
  const file = await cancelled('please proofread this: Clay is patiant.');
  const [task] = file.tasks;
  if (task === undefined) throw new Error('expected a piece');
  const subject = await subjectOf(t.world, { is: 'task', id: task.id });
  expect(subject).toMatchObject({
    scope: { is: 'request', id: file.request.id },
    task: null,
  });
  expect(await endingOf(t.world, subject)).toBeNull();
  await eraseTexts(t.world, { order, subject });
  expect([await isGone(task.bodyId), await isGone(file.request.bodyId)]).toEqual([true, true]);
  const left =
    await t.sql`select 1 from body where request_id = ${file.request.id} and erased_at is null`;
  expect(left).toHaveLength(0);
});

test('a text of one piece can go while another is still open', async () => {
  const ts = '900.1';
  const heard = {
    eventId: ts,
    team: TEAM,
    channel: 'C0ACME',
    ts,
    thread: null,
    user: OWNER,
  } as const;
  const text = '1. format notes.md\n2. proofread page.html';
  await hear(t.world, { ...heard, text, files: [], door: 'mention' });
  const made = await t.world.store.requestFrom(TEAM, 'C0ACME', ts);
  await plan(t.world, made?.id as RequestId);
  const file = (await t.world.store.requestFile(made?.id as RequestId)) as RequestFile;
  const card = await t.world.store.cardByKey(`plan:${file.request.id}`);
  const pressed = { card: card?.id as CardId, team: TEAM, user: OWNER } as const;
  await press(t.world, { ...pressed, verb: 'drop', choice: '1' });
  const [one, two] = file.tasks;
  const body = (id: BodyId) => subjectOf(t.world, { is: 'body', id });
  const erase = async (id: BodyId) => eraseTexts(t.world, { order, subject: await body(id) });
  await expect(erase(two?.bodyId as BodyId)).rejects.toMatchObject({ code: 'conflict' });
  await expect(erase(file.request.bodyId)).rejects.toMatchObject({ code: 'conflict' });
  expect(await erase(one?.bodyId as BodyId)).toMatchObject({ bodies: 1 });
});

test('what is not there is said so', async () => {
  const none = '00000000-0000-7000-8000-000000000000';
  for (const is of ['body', 'task', 'request'] as const)
    await expect(subjectOf(t.world, { is, id: none as never })).rejects.toMatchObject({
      code: 'not_found',
    });
});
