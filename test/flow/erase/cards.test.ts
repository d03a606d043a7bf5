import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestId, TaskId } from '../../../src/core/id.ts';
import { eraseTexts } from '../../../src/flow/erase/erase.ts';
import { redraw } from '../../../src/flow/erase/redraw.ts';
import { subjectOf } from '../../../src/flow/erase/subject.ts';
import type { CardId } from '../../../src/flow/ports/rows-cards.ts';
import type { Scope } from '../../../src/flow/ports/eraser.ts';
import type { Message } from '../../../src/workspace/human/protocol.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  draftAtGate,
  give,
  OWNER,
  REVIEW,
  settleAcme,
  taskIn,
  TEAM,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf, offers, wordsIn } from '../../helpers/desk.ts';
import { until } from '../../helpers/until.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

const world = () => running.aios.world;
const desk = (as: string) => deskOf(running, as);

async function erase(scope: Exclude<Scope, { is: 'client' }>) {
  const owner = await world().store.personBySlack(TEAM, OWNER);
  if (owner === null) throw new Error('the practice has no owner');
  const order = {
    ground: 'person',
    by: owner.id,
    actor: { kind: 'person', id: owner.id },
  } as const;
  const done = await eraseTexts(world(), { order, subject: await subjectOf(world(), scope) });
  await redraw(world(), done.requests);
  return done;
}

/** What AIOS says in a channel now, cards and notices, threads too. */
function saidIn(channel: string): readonly Message[] {
  const { human } = running;
  const top = human.messages(channel, { as: OWNER });
  const all = top.flatMap((m) => [m, ...human.thread(channel, m.ts, { as: OWNER })]);
  return all.filter((m) => m.bot);
}

/** The card as it stands now, once it says this. */
const nowSays = (card: Message, text: string) =>
  until(`the card says: ${text}`, () => {
    const now = saidIn(card.channel).find((m) => m.ts === card.ts);
    return now !== undefined && wordsIn(now).includes(text) ? now : undefined;
  });

const requestOf = async (number: number): Promise<RequestId> => {
  const id = await world().store.findRequest(number);
  if (id === null) throw new Error(`there is no #${number}`);
  return id;
};

async function press(card: CardId, verb: 'read' | 'why' | 'approve', user = APPROVER) {
  return running.aios.verbs.press({ card, verb, team: TEAM, user });
}

async function cardOf(key: string) {
  const card = await world().store.cardByKey(key);
  if (card === null) throw new Error(`there is no card ${key}`);
  return card;
}

/** A delivered piece of writing whose request speaks of something that stands nowhere else. */
async function delivered(marker: string) {
  const at = await draftAtGate(running, `draft a blog post about ${marker} from the outline`);
  const plan = await desk(APPROVER).words(REVIEW, marker);
  await desk(APPROVER).press(at.card, 'approve');
  const file = await taskIn(running, at.number, 'delivered');
  return { ...at, plan, file };
}

describe('what was delivered and is erased', () => {
  let at: Awaited<ReturnType<typeof delivered>>;
  let trail: readonly unknown[];
  beforeAll(async () => {
    at = await delivered('zanzibar');
    await until('the receipt stands', () => {
      const card = saidIn(REVIEW).find((m) => m.ts === at.card.ts);
      return card !== undefined && wordsIn(card).includes('delivered to');
    });
    trail = await world().store.trail({ task: at.task });
    await erase({ is: 'request', id: await requestOf(at.number) });
  }, 60_000);

  test('the plan and gate cards say so, keep what was decided, and quote nothing any more', async () => {
    await nowSays(at.plan, 'The words of this request were erased.');
    const gate = await nowSays(at.card, 'Texts of this draft were erased');
    expect(wordsIn(gate)).toContain('Approved');
    expect(wordsIn(gate)).toContain(at.file.drafts[0]?.sha256.slice(0, 8));
    expect(wordsIn(gate)).toContain('erased file 1');
    expect(offers(gate, 'approve')).toBe(false);
    for (const message of saidIn(REVIEW)) expect(wordsIn(message)).not.toContain('zanzibar');
  });

  test('Read says so instead of failing, and notes no reading', async () => {
    const { id } = await cardOf(`gate:${at.file.task.draftId}`);
    expect(await press(id, 'read')).toEqual({
      is: 'refused',
      says: `The text of this draft was erased, so there is nothing to read. What was recorded of it stays: /aios log #${at.number}.1`,
    });
    const now = await world().store.trail({ task: at.task });
    expect(now).toEqual(trail);
  });

  test('why, log, status and cost answer from the record as before', async () => {
    expect((await give(running, `why #${at.number}.1`)).join('\n')).toMatch(
      /Ada \w+ approved it[^]*delivered, by DELIVER/,
    );
    const log = await give(running, `log #${at.number}`);
    expect(log.join('\n')).toContain('content.erased, by ');
    expect((await give(running, `log #${at.number}.1`)).join('\n')).toContain('draft.approved');
    expect((await give(running, `status #${at.number}`)).join('\n')).toContain('delivered');
    expect((await give(running, `cost #${at.number}`)).join('\n')).toContain(`#${at.number}.1`);
    const { id } = await cardOf(`plan:${at.file.task.requestId}`);
    const why = await press(id, 'why');
    expect(why).toMatchObject({ is: 'done', says: expect.stringContaining('What was decided') });
  });

  test('names and plain hashes of its files are gone with them; the hash that was approved stays', async () => {
    const file = await world().store.taskFile(at.task);
    for (const draft of file?.drafts ?? [])
      expect(draft.files.map(({ name, sha256 }) => [name, sha256])).toEqual(
        draft.files.map((_, n) => [`erased file ${n + 1}`, '']),
      );
    expect(file?.drafts.map((d) => d.sha256)).toEqual(at.file.drafts.map((d) => d.sha256));
    expect(file?.reviews.every((review) => review.fingerprints.length === 0)).toBe(true);
    expect(file?.delivery).toEqual(at.file.delivery);
  });

  test('the card of its files is not drawn again, and nothing failed', async () => {
    const key = `draft:${at.file.task.draftId}`;
    const before = saidIn(REVIEW).length;
    expect(await world().store.cardByKey(key)).toBeNull();
    await running.aios.workers.reconcile();
    expect(saidIn(REVIEW)).toHaveLength(before);
    expect(running.logged).toEqual([]);
  });
});

test('a draft that was opened in Slack before: its card is left alone, and the job that draws it ends', async () => {
  const at = await draftAtGate(running, 'draft a blog post about gibraltar from the outline');
  const gate = await cardOf(`gate:${at.file.task.draftId}`);
  expect((await press(gate.id, 'read')).is).toBe('form');
  await desk(APPROVER).press(at.card, 'approve');
  await taskIn(running, at.number, 'delivered');
  const draft = await cardOf(`draft:${at.file.task.draftId}`);
  await until('the files are there', async () => (await cardOf(draft.key)).shown > 0);
  await erase({ is: 'request', id: await requestOf(at.number) });
  expect((await press(gate.id, 'read')).is).toBe('refused');
  await nowSays(at.card, 'Texts of this draft were erased');
  expect(running.logged).toEqual([]);
});

test('the reason of a rejection', async () => {
  const at = await draftAtGate(running, 'draft a blog post about madagascar from the outline');
  const { id } = await cardOf(`gate:${at.file.task.draftId}`);
  const reject = { card: id, verb: 'reject', team: TEAM, user: APPROVER } as const;
  await running.aios.verbs.press({ ...reject, fields: { reason: 'not about madagascar at all' } });
  await taskIn(running, at.number, 'rejected');
  await nowSays(at.card, 'not about madagascar at all');
  await erase({ is: 'task', id: at.task });
  const gate = await nowSays(at.card, 'the reason was erased');
  expect(wordsIn(gate)).toContain('Rejected');
  expect(wordsIn(gate)).not.toContain('madagascar');
});

test('open work keeps its texts, and it is said which', async () => {
  const at = await draftAtGate(running);
  for (const scope of [
    { is: 'request', id: await requestOf(at.number) },
    { is: 'task', id: at.task },
    { is: 'body', id: at.file.task.bodyId },
  ] as const)
    await expect(erase(scope)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`#${at.number}.1 (waiting)`),
    });
  expect((await press((await cardOf(`gate:${at.file.task.draftId}`)).id, 'read')).is).toBe('form');
  await desk(APPROVER).press(at.card, 'approve');
  await taskIn(running, at.number, 'delivered');
});

test('questions and notices, of a request that asked for whom it is', async () => {
  const owner = desk(OWNER);
  const said = await owner.dm('please pay the invoice of timbuktu');
  const question = await owner.card(said.channel, 'answer', 'For whom');
  await owner.press(question, 'Acme Ltd');
  const notice = await owner.words(said.channel, 'are done by a person');
  const request = await world().store.requestFrom(TEAM, said.channel, said.ts);
  await until('it is over', async () => {
    const file = await world().store.requestFile(request?.id as RequestId);
    return file?.request.step === 'empty';
  });
  await erase({ is: 'request', id: request?.id as RequestId });
  await nowSays(notice, 'The words of this message were erased.');
  const asked = await nowSays(question, 'The words of this question were erased.');
  expect(wordsIn(asked)).toContain('Answered by');
  expect(running.logged).toEqual([]);
});

test('one text alone: a file of a delivered draft, the rest of it stays', async () => {
  const at = await delivered('sumatra');
  const [file] = at.file.drafts[0]?.files ?? [];
  if (file === undefined) throw new Error('the draft has no file');
  expect(await erase({ is: 'body', id: file.body })).toMatchObject({ bodies: 1 });
  const gate = await nowSays(at.card, 'Texts of this draft were erased');
  expect(wordsIn(gate)).toContain('Approved');
  expect(wordsIn(await nowSays(at.plan, 'delivered'))).toContain('sumatra');
  expect((await press((await cardOf(`gate:${at.file.task.draftId}`)).id, 'read')).is).toBe(
    'refused',
  );
  const whole = await world().store.taskFile(at.task as TaskId);
  expect(whole?.drafts[0]?.sha256).toBe(at.file.drafts[0]?.sha256);
});

test('what people wrote in Slack, and what was delivered there, is theirs to delete', async () => {
  const mine = running.human.messages(ACME, { as: COLLEAGUE }).filter((m) => !m.bot);
  expect(mine.some((m) => m.text.includes('zanzibar'))).toBe(true);
});
