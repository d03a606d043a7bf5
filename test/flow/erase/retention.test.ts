import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClientId, RequestId } from '../../../src/core/id.ts';
import { refOf } from '../../../src/core/rule-set.ts';
import { runJob } from '../../../src/flow/jobs.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { entryBytes, keep, newClient, someRequest, textOf } from '../../helpers/texts.ts';
import { makeTestWorld, OWNER } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

const inOrder = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '');

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(() => t.close());

const MONDAY = Date.UTC(2026, 10, 23, 9, 5);
const after = (days: number): void => t.setNow(MONDAY + days * 86_400_000);
const round = () =>
  runJob(
    t.world,
    { queue: 'aios', name: 'retain', id: 'retain', jobId: 'retain' },
    new AbortController().signal,
  );

async function ended(client: ClientId, words: string) {
  const request = await someRequest(t, client);
  return { request, row: await keep(t, { client, request }, words) };
}

test('texts of ended work are erased when their time is over, under the written rule, and nothing else is', async () => {
  const acme = await newClient(t, 'acme');
  const keeper = await newClient(t, 'keeper');
  await t.say(OWNER, 'client set acme retention 30');
  await t.say(OWNER, 'client set keeper retention keep');
  const one = await ended(acme, 'due');
  const kept = await ended(keeper, 'kept');
  const open = await someRequest(t, acme, 'received');
  const waiting = await keep(t, { client: acme, request: open }, 'still needed');
  const count = (await entryBytes(t)).size;

  after(29);
  await round();
  expect(await textOf(t, one.row.id)).toBe('due');
  expect((await entryBytes(t)).size).toBe(count);

  after(31);
  await round();
  await expect(t.world.bodies.get(one.row.id)).rejects.toMatchObject({ code: 'erased' });
  expect(await textOf(t, kept.row.id)).toBe('kept');
  expect(await textOf(t, waiting.id)).toBe('still needed');
  const rule = refOf(t.world.library.rules, 'RETENTION');
  const added = [...(await entryBytes(t)).values()].slice(count);
  expect(added.map((hex) => readEntry(Buffer.from(hex, 'hex')))).toMatchObject([
    {
      type: 'content.erased',
      rule,
      actor: { kind: 'rule', id: rule },
      client: acme,
      request: one.request,
      data: { scope: 'request', ground: 'retention', ordered_by: null },
    },
  ]);

  await round();
  expect((await entryBytes(t)).size).toBe(count + 1);
});

test('two rounds at once erase once', async () => {
  const client = await newClient(t, 'twice');
  await t.say(OWNER, 'client set twice retention 1');
  const requests: RequestId[] = [];
  for (let n = 0; n < 5; n += 1) requests.push((await ended(client, `text ${n}`)).request);
  after(40);
  const count = (await entryBytes(t)).size;
  await Promise.all([round(), round()]);
  const added = [...(await entryBytes(t)).values()]
    .slice(count)
    .map((hex) => readEntry(Buffer.from(hex, 'hex')))
    .filter((entry) => entry.client === client);
  expect(added.map((entry) => entry.request).toSorted(inOrder)).toEqual(requests.toSorted(inOrder));
});

test.each([
  ['retention', 'got nothing'],
  ['retention 0', 'got "0"'],
  ['retention 3651', 'got "3651"'],
  ['retention -5', 'got "-5"'],
  ['retention 1.5', 'got "1.5"'],
  ['retention never', 'got "never"'],
])('`client set acme %s` is refused and changes nothing', async (words, got) => {
  const reply = await t.say(OWNER, `client set acme ${words}`);
  expect(reply.ok).toBe(false);
  expect(reply.lines.join()).toContain('Expected a number of days from 1 to 3650, or keep');
  expect(reply.lines.join()).toContain(got);
});

test('the setting is an entry and is shown', async () => {
  const count = (await entryBytes(t)).size;
  const reply = await t.say(OWNER, 'client set acme retention 7');
  const words =
    'erased 7 days after the last change of a request whose tasks have all ended or expired';
  expect(reply.lines.join()).toBe(`Texts of Client acme: ${words}.`);
  const shown = (await t.say(OWNER, 'client show acme')).lines;
  expect(shown).toContain(`Texts: ${words}`);
  await t.say(OWNER, 'client set acme retention keep');
  expect((await t.say(OWNER, 'client show acme')).lines).toContain(
    'Texts: kept until somebody erases them',
  );
  const added = [...(await entryBytes(t)).values()].slice(count);
  expect(added.map((hex) => readEntry(Buffer.from(hex, 'hex')).data)).toEqual([
    { retention_days: 7 },
    { retention_days: null },
  ]);
  expect((await t.say(OWNER, 'client show practice')).lines.join('\n')).toContain(
    'erased 90 days after',
  );
});
