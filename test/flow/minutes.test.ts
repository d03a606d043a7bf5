import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TaskId } from '../../src/core/id.ts';
import { byHandText } from '../../src/core/minutes.ts';
import { minutesOf } from '../../src/ledger/sum-minutes.ts';
import type { Message } from '../../src/workspace/human/protocol.ts';
import {
  APPROVER,
  COLLEAGUE,
  draftAtGate,
  give,
  OWNER,
  REVIEW,
  settleAcme,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf, offers, wordsIn } from '../helpers/desk.ts';
import { until } from '../helpers/until.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

const trail = (task: TaskId) => running.aios.world.store.trail({ task });
const said = async (task: TaskId) =>
  (await trail(task)).filter((e) => e.type === 'estimate.recorded');

/** The card as everybody in the review place sees it now. */
function now(card: Message): Message {
  const found = running.human.messages(REVIEW, { as: OWNER }).find((m) => m.ts === card.ts);
  if (found === undefined) throw new Error('the card is gone');
  return found;
}

/** The receipt of a delivery, once it asks for minutes and holds these words. */
const receiptOf = (card: Message, words = '') =>
  until(`the receipt says ${words}`, () => {
    const message = now(card);
    return offers(message, 'minutes') && wordsIn(message).includes(words) && message;
  });

/** Opens the form behind Own… and sends it; what was refused stays open. */
async function own(as: string, card: Message, values: Readonly<Record<string, string>>) {
  const { human } = running;
  await human.click({ as, message: card, action: 'minutes' });
  const view = await human.waitForView(as, (v) => v.callback_id === 'minutes');
  const submitted = await human.submit({ as, view, values });
  if (submitted.errors === undefined)
    for (const open of human.views(as)) await human.closeView({ as, view: open });
  return { view, submitted };
}

const whispered = (as: string, text: string) =>
  running.human.waitForMessage(
    { channel: REVIEW, as },
    (m) => m.ephemeral_to === as && m.text.includes(text),
  );

describe('on the receipt of a delivery', () => {
  let card: Message;
  let task: TaskId;
  let number: number;
  beforeAll(async () => {
    const at = await draftAtGate(running);
    ({ card, task, number } = at);
    expect(offers(card, 'minutes')).toBe(false);
    await deskOf(running, APPROVER).press(card, 'approve');
    await taskIn(running, number, 'delivered');
  }, 60_000);

  test('three figures can be said at one click, and any by a form; until then it is a range', async () => {
    const receipt = await receiptOf(card);
    for (const action of ['minutes:15', 'minutes:30', 'minutes:60'])
      expect(JSON.stringify(receipt.blocks)).toContain(`"action_id":"${action}"`);
    const { said: byHand } = minutesOf(await trail(task));
    expect(byHand).toMatchObject({ person: null });
    expect(byHand.table).toBeGreaterThan(0);
    expect(byHand.persona).toBeGreaterThan(0);
    expect(wordsIn(receipt)).toContain(byHandText(byHand));
  });

  test('a click is an entry of that person beside what was said before, and counts from then on', async () => {
    const before = await trail(task);
    await deskOf(running, APPROVER).press(card, 'minutes:30');
    const receipt = await receiptOf(card, '30 min, as a person said, counts');
    expect(wordsIn(receipt)).toContain('30 min by hand (corrected; table');
    const [entry] = await said(task);
    const delivered = before.find((e) => e.type === 'draft.delivered');
    const ada = (await running.aios.world.store.people()).find((p) => p.slackUser === APPROVER);
    expect(entry).toMatchObject({
      actor: { kind: 'person', id: ada?.id },
      minutes: 30,
      cause: delivered?.id,
      data: { basis: 'person', corrects: delivered?.id },
    });
    expect((await trail(task)).slice(0, before.length)).toEqual(before);
  });

  test('it may be said again, by the form with what the review took, and the last wins', async () => {
    await own(OWNER, card, { by_hand: '95', review: '7' });
    await receiptOf(card, '95 min, as a person said, counts. Review: 7 min (corrected)');
    const all = await said(task);
    expect(all.map((e) => e.minutes)).toEqual([30, 95]);
    expect(all[1]?.data['corrects']).toBe(all[0]?.id);
    await own(APPROVER, card, { by_hand: '', review: '9' });
    await receiptOf(card, '95 min, as a person said, counts. Review: 9 min (corrected)');
    expect((await give(running, `cost #${number}`, { as: APPROVER })).join('\n')).toMatch(
      /95 min by hand \(corrected; table \d+; estimate \d+\), review 9 min, as a person corrected it/,
    );
  });

  test.each([
    [{ by_hand: '0', review: '' }, /Expected whole minutes by hand, 1 to 50000, got "0"/],
    [{ by_hand: '-5', review: '' }, /got "-5"/],
    [{ by_hand: 'an hour', review: '' }, /got "an hour"/],
    [{ by_hand: '100000', review: '' }, /got "100000"/],
    [{ by_hand: '1.5', review: '' }, /got "1\.5"/],
    [{ by_hand: '20', review: '-1' }, /Expected whole minutes of review, 0 to 50000, got "-1"/],
    [{ by_hand: '', review: '' }, /minutes by hand, minutes of review, or both, got neither/],
  ])('%j is refused in words, the form stays open and nothing is lost', async (values, says) => {
    const before = await trail(task);
    const { view, submitted } = await own(APPROVER, card, values);
    expect(Object.values(submitted.errors ?? {}).join('')).toMatch(says);
    expect(running.human.views(APPROVER).map((open) => open.id)).toContain(view.id);
    expect(await trail(task)).toEqual(before);
    await running.human.closeView({ as: APPROVER, view });
  });

  test('only who decides for the client may say it', async () => {
    const before = await trail(task);
    await deskOf(running, COLLEAGUE).press(card, 'minutes:15');
    await whispered(COLLEAGUE, 'Only an approver of this client or the owner corrects');
    await deskOf(running, COLLEAGUE).press(card, 'minutes');
    expect(running.human.views(COLLEAGUE)).toEqual([]);
    expect(await trail(task)).toEqual(before);
  });
});

describe('what a review took', () => {
  const reviews = async (task: TaskId) =>
    (await trail(task)).flatMap((e) =>
      e.data['review'] === undefined ? [] : [[e.type, e.data['review']]],
    );

  test('is the table’s figure where Read was not pressed, and measured where it was', async () => {
    const { human } = running;
    const first = await draftAtGate(running);
    await deskOf(running, APPROVER).press(first.card, 'approve');
    await taskIn(running, first.number, 'delivered');
    const row = running.aios.world.library.rules.minutes.get(first.file.task.kind);
    const table = row?.review.small ?? 0;
    expect(table).toBeGreaterThan(0);
    expect(await reviews(first.task)).toEqual([
      ['draft.approved', { minutes: table, basis: 'table', table }],
    ]);

    const second = await draftAtGate(running);
    await deskOf(running, APPROVER).press(second.card, 'read');
    await until('Read is on record', async () =>
      (await trail(second.task)).some((e) => e.type === 'draft.read'),
    );
    for (const open of human.views(APPROVER)) await human.closeView({ as: APPROVER, view: open });
    await deskOf(running, APPROVER).press(second.card, 'approve');
    await taskIn(running, second.number, 'delivered');
    expect(await reviews(second.task)).toEqual([
      ['draft.approved', { minutes: 1, basis: 'measured', table }],
    ]);
  }, 60_000);

  test('is taken off what was saved where the work is rejected, though it saved nothing', async () => {
    const { human } = running;
    const rejected = await draftAtGate(running);
    const before = await give(running, 'cost');
    const as = APPROVER;
    const { channel, ts } = rejected.card;
    await human.choose({ as, message: { channel, ts }, option: 'Reject…' });
    const view = await human.waitForView(as, (v) => v.callback_id === 'reject');
    await human.submit({ as, view, values: { reason: 'not for us' } });
    await taskIn(running, rejected.number, 'rejected');
    for (const open of human.views(as)) await human.closeView({ as, view: open });
    const review = minutesOf(await trail(rejected.task)).review?.minutes ?? NaN;
    expect(review).toBeGreaterThan(0);
    expect(savedIn(await give(running, 'cost'))).toBe(savedIn(before) - review);
    expect((await give(running, `cost #${rejected.number}`)).join('\n')).toContain(
      'nothing saved by hand, review',
    );
  }, 60_000);
});

test('work that is cancelled after somebody read it says what that took', async () => {
  const { human } = running;
  const { number, task, card } = await draftAtGate(running);
  await deskOf(running, APPROVER).press(card, 'read');
  await until('Read is on record', async () =>
    (await trail(task)).some((e) => e.type === 'draft.read'),
  );
  for (const open of human.views(APPROVER)) await human.closeView({ as: APPROVER, view: open });
  const option = 'Cancel what is not finished';
  const plan = await human.waitForMessage({ channel: REVIEW, as: APPROVER }, (m) =>
    [`*#${number}*`, option].every((words) => wordsIn(m).includes(words)),
  );
  await human.choose({ as: APPROVER, message: plan, option });
  await taskIn(running, number, 'cancelled');
  const cancelled = (await trail(task)).find((e) => e.type === 'task.cancelled');
  expect(cancelled?.data['review']).toMatchObject({ minutes: 1, basis: 'measured' });
  expect((await give(running, `cost #${number}`)).join('\n')).toContain(
    'nothing saved by hand, review 1 min, from Read to the decision',
  );
}, 60_000);

/** Minutes saved, as the reply to `cost` says them. */
function savedIn(lines: readonly string[]): number {
  const [, sign, hours = '0', minutes = '0'] =
    /^Saved (−)?(?:(\d+) h)? ?(?:(\d+) min)?:/m.exec(lines.join('\n')) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return sign === undefined ? all : -all;
}
