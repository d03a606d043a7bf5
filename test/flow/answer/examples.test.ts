import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TaskId } from '../../../src/core/id.ts';
import { eraseTexts } from '../../../src/flow/erase/erase.ts';
import { subjectOf } from '../../../src/flow/erase/subject.ts';
import type { ExampleRow } from '../../../src/flow/ports/rows-examples.ts';
import type { TaskRow } from '../../../src/flow/ports/rows-work.ts';
import { keysFolder } from '../../../src/main/base.ts';
import { logFolder } from '../../../src/main/ledger.ts';
import { connect } from '../../../src/store/connect.ts';
import type { Sql } from '../../../src/store/connect.ts';
import { vkeysOf } from '../../../src/store/log-keys.ts';
import { lookAtLogs } from '../../../src/store/look-logs.ts';
import { verifyLedger } from '../../../src/store/verify.ts';
import { ACME, APPROVER, COLLEAGUE, give, OWNER, REVIEW, settleAcme } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import { answerKind, ask as askIn } from '../../helpers/answered.ts';
import type { Asked } from '../../helpers/answered.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { until } from '../../helpers/until.ts';

const BOREALIS = 'C0BOREALIS';

let running: Running;
let admin: Sql;
beforeAll(async () => {
  running = await runAios();
  admin = connect(running.adminUrl, 1);
  await settleAcme(running);
  await give(running, 'client new borealis "Borealis"');
  await give(running, `client bind ${BOREALIS} borealis --audience practice`);
  await give(running, 'client set borealis cloud allowed');
}, 60_000);
afterAll(async () => {
  await admin.end();
  await running.close();
});

const world = () => running.aios.world;
const examples = () => admin<ExampleRow[]>`select * from example order by made_at, id`;

const ask = (text: string, channel = ACME, as = COLLEAGUE) => askIn(running, text, { channel, as });
const answer = (asked: Asked) => answerKind(running, asked);

const read = ({ task }: { readonly task: TaskRow }) => ({
  state: task.state,
  waitsFor: task.waitsFor,
  kind: task.trace.facts.kind,
  confidence: task.facts.confidence,
});

const USUAL = 'please do the usual for the spring one';

test('words that were answered once are read with that kind, for that client alone, until an approver gives them to everyone', async () => {
  const first = await ask(USUAL);
  expect(read(first)).toMatchObject({ state: 'asking', waitsFor: 'answer:kind' });
  const { kind } = await answer(first);
  const [kept, ...more] = await examples();
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ kind, requestId: first.request, taskId: first.task.id, out: null });

  const again = await ask('Please do the usual for the spring one!');
  expect(read(again)).toMatchObject({ kind: { value: kind, from: 'examples' } });
  expect(again.task.waitsFor).not.toBe('answer:kind');
  expect(again.task.facts.confidence).toBeGreaterThan(90);
  const routed = (await world().store.trail({ task: again.task.id })).find(
    (e) => e.type === 'task.routed',
  );
  expect(routed?.data['own_examples']).toBe(again.task.trace.facts.kind.examples);
  expect(again.task.trace.facts.kind.examples).toMatch(/^[0-9a-f]{16}$/);

  const other = await ask(USUAL, BOREALIS, OWNER);
  expect(read(other)).toMatchObject({ state: 'asking', waitsFor: 'answer:kind' });
  expect(other.task.trace.facts.kind.examples).toBeUndefined();

  const entries = await world().store.trail({ request: first.request });
  const entry = entries.find((e) => e.type === 'example.kept');
  expect(entry).toMatchObject({
    client: first.task.clientId,
    actor: { kind: 'person' },
    data: { example: kept?.id, kind, by: 'answer', replaces: null },
  });
  expect(JSON.stringify(entries)).not.toContain('usual');

  // The colleague who asked may not teach everyone; Ada, who approves, may.
  const caleb = deskOf(running, COLLEAGUE);
  const ada = deskOf(running, APPROVER);
  const card = await ada.card(REVIEW, 'pieces', `*#${first.number}*`);
  const item = `Example… (#${first.number}.1)`;
  const choose = (as: string) => running.human.choose({ as, message: card, option: item });
  await choose(COLLEAGUE);
  await caleb.words(REVIEW, 'Only an approver of this client or the owner');
  await choose(APPROVER);
  const view = await running.human.waitForView(APPROVER, (v) => v.callback_id === 'example');
  expect(JSON.stringify(view.blocks)).toContain(USUAL);
  await running.human.submit({
    as: APPROVER,
    view,
    values: { use: 'Use for everyone: read like this for any client' },
  });
  const shared = await until('it is given to everyone', async () =>
    (await examples()).find((one) => one.clientId === null),
  );
  const ada_ = await world().store.personBySlack('T0AIOS', APPROVER);
  expect(shared).toMatchObject({ kind, personId: ada_?.id, out: null });
  const everyones = await ask(USUAL, BOREALIS, OWNER);
  expect(read(everyones)).toMatchObject({ kind: { value: kind } });
  expect(everyones.task.waitsFor).not.toBe('answer:kind');
});

test('a kind that is changed in the plan is kept, and takes the place of the one before', async () => {
  const WORDS = 'write a short piece for the blog about the spring fair';
  const ada = deskOf(running, APPROVER);
  const change = async (number: number, kind: string) => {
    await ada.press(await ada.card(REVIEW, 'change', `*#${number}*`), 'Change…');
    const view = await running.human.waitForView(
      APPROVER,
      (v) => v.callback_id === 'change' && JSON.stringify(v).includes(`#${number}`),
    );
    const title = world().library.rules.kinds.get(kind)?.title ?? '';
    await running.human.submit({ as: APPROVER, view, values: { kind: title } });
  };
  const keptOf = (requests: readonly string[]) =>
    until('the change is kept', async () => {
      const rows = (await examples()).filter((one) => requests.includes(one.requestId));
      return rows.length === requests.length && rows;
    });
  const first = await ask(WORDS);
  await change(first.number, 'plan.content');
  expect(await keptOf([first.request])).toMatchObject([{ kind: 'plan.content', out: null }]);
  const second = await ask(WORDS);
  expect(read(second)).toMatchObject({ kind: { value: 'plan.content', from: 'examples' } });
  await change(second.number, 'advise.decision');
  const both = await keptOf([first.request, second.request]);
  expect(both).toMatchObject([
    { kind: 'plan.content', out: 'replaced' },
    { kind: 'advise.decision', out: null },
  ]);
  await until('the words before are erased', async () => {
    const body = await world().store.body(both[0]?.bodyId as never);
    return body?.erasedAt !== null;
  });
  const third = await ask(WORDS);
  expect(read(third)).toMatchObject({ kind: { value: 'advise.decision', from: 'examples' } });
});

test('confidential work teaches nothing, and nothing any more once it is found to be', async () => {
  const before = (await examples()).length;
  const secret = await ask('please handle the thing with the salaries of our staff');
  if (secret.question?.about === 'kind') await answer(secret);
  expect(secret.task.facts.sensitivity).toBe('confidential');
  expect((await examples()).length).toBe(before);

  // It comes out afterwards, by what is said to the next question.
  const asked = await ask('the usual shortening business, number nine');
  const { task } = await answer(asked);
  expect(task.waitsFor).toBe('answer:files');
  const [kept] = (await examples()).filter((one) => one.taskId === asked.task.id);
  expect(kept?.out).toBeNull();
  const caleb = deskOf(running, COLLEAGUE);
  await caleb.reply(asked.said, '@aios the salaries of our staff, see the list', [
    { name: 'list.csv', bytes: new TextEncoder().encode('a,b\n1,2\n') },
  ]);
  const after = await until('it is confidential', async () => {
    const [out] = (await examples()).filter((one) => one.taskId === asked.task.id);
    return out?.out === 'confidential' && (await world().store.taskFile(asked.task.id))?.task;
  });
  expect(after.facts.sensitivity).toBe('confidential');
  await until('its words are erased', async () => {
    const body = await world().store.body(kept?.bodyId as never);
    return body?.erasedAt !== null;
  });
  const again = await ask('the usual shortening business, number nine');
  expect(read(again)).toMatchObject({ state: 'asking', waitsFor: 'answer:kind' });
  const types = (await world().store.trail({ task: task.id })).map((entry) => entry.type);
  expect(types).toEqual(
    expect.arrayContaining(['example.kept', 'content.erased', 'example.removed']),
  );
});

test('an example goes with its request and by command, and comes back with a restart', async () => {
  const asked = await ask('the usual treatment for number seven, thanks');
  const { kind, task } = await answer(asked);
  running = await running.restart();
  const again = await ask('the usual treatment for number seven, thanks');
  expect(read(again)).toMatchObject({ kind: { value: kind, from: 'examples' } });

  const listed = (await give(running, 'examples acme', { as: APPROVER, channel: REVIEW })).join(
    '\n',
  );
  expect(listed).toContain('the usual treatment for number seven');
  await expect(give(running, 'examples acme', { as: APPROVER, channel: ACME })).rejects.toThrow(
    'Words of clients are not told here',
  );
  await expect(give(running, 'examples', { as: COLLEAGUE, channel: 'D0X' })).rejects.toThrow(
    'approvers',
  );

  const card = await deskOf(running, APPROVER).words(REVIEW, `*#${asked.number}*`);
  const option = 'Cancel what is not finished';
  await running.human.choose({ as: APPROVER, message: card, option });
  await until(
    'it is cancelled',
    async () => (await world().store.taskFile(task.id as TaskId))?.task.state === 'cancelled',
  );
  const subject = await subjectOf(world(), { is: 'request', id: asked.request });
  const owner = await world().store.personBySlack('T0AIOS', OWNER);
  const order = {
    ground: 'person',
    by: owner?.id ?? null,
    actor: { kind: 'person', id: owner?.id ?? '' },
  } as const;
  await eraseTexts(world(), { order, subject });
  const erased = await ask('the usual treatment for number seven, thanks');
  expect(read(erased)).toMatchObject({ state: 'asking', waitsFor: 'answer:kind' });

  const { kind: second } = await answer(erased);
  const id = (await examples()).at(-1)?.id.slice(-8) ?? '';
  expect(
    (await give(running, `examples remove ${id}`, { as: APPROVER, channel: REVIEW })).join(),
  ).toContain('Removed');
  expect((await examples()).at(-1)).toMatchObject({ kind: second, out: 'asked' });
  const last = await ask('the usual treatment for number seven, thanks');
  expect(read(last)).toMatchObject({ state: 'asking', waitsFor: 'answer:kind' });
});

test('the record of all this is sound, and an example that was put by hand is found', async () => {
  const { base } = running.aios;
  await base.ledger.round();
  const logs = await lookAtLogs(admin, logFolder(keysFolder(base.config, true)));
  if (logs === null) throw new Error('the practice is founded');
  const vkeys = (origin: string) => vkeysOf(logs.keys, origin);
  const trust = { vkeys, signed: [...logs.signed.values()], given: [], kept: [] };
  const findings = async () => (await verifyLedger(admin, { trust, whose: 'all' })).findings;
  expect(await findings()).toEqual([]);
  const [one] = await examples();
  await admin.begin(async (tx) => {
    await tx`alter table example disable trigger example_history`;
    await tx`update example set kind = 'draft.blog' where id = ${one?.id ?? ''}`;
    await tx`alter table example enable always trigger example_history`;
  });
  expect(await findings()).toMatchObject([{ place: `example ${one?.id}`, level: 'fault' }]);
});
