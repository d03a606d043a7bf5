import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  draftAtGate,
  give,
  REVIEW,
  settleAcme,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';
import { verified } from '../helpers/verified.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(() => running.close());

const ada = () => deskOf(running, APPROVER);

/** Fills in the reason of a form that a button or a menu of this card brings. */
async function because(
  verb: 'send_back' | 'reject',
  card: Awaited<ReturnType<typeof draftAtGate>>['card'],
) {
  const { human } = running;
  if (verb === 'send_back') await ada().press(card, verb);
  else await human.choose({ as: APPROVER, message: card, option: 'Reject…' });
  const view = await human.waitForView(APPROVER, (v) => v.callback_id === verb);
  await human.submit({ as: APPROVER, view, values: { reason: 'Too long.' } });
}

test('what AIOS wrote on a day of every kind of end is sound, and nothing of it is out of place', async () => {
  const delivered = await draftAtGate(running);
  await ada().press(delivered.card, 'read');
  await ada().press(delivered.card, 'approve');
  await taskIn(running, delivered.number, 'delivered');
  const rejected = await draftAtGate(running);
  await because('send_back', rejected.card);
  await taskIn(running, rejected.number, 'waiting');
  await because('reject', await ada().card(REVIEW, 'approve', `*#${rejected.number}.1 `));
  await taskIn(running, rejected.number, 'rejected');
  await deskOf(running, COLLEAGUE).say(ACME, '@aios proofread this page for us');
  await give(running, 'client new borealis "Borealis"');
  const verdict = await verified(running);
  expect(verdict.findings).toEqual([]);
  expect(verdict.logs.length).toBe(4);
  expect(verdict.logs.every(({ checkpoints, anchors }) => checkpoints > 0 && anchors === 1)).toBe(
    true,
  );
}, 120_000);
