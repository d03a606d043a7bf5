import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sweep } from '../../../src/flow/sweep.ts';
import { APPROVER, OWNER, REVIEW, settleAcme } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { outlineFile, textFile } from '../../helpers/files.ts';
import {
  cardSays,
  chosenBy,
  closeForms,
  opened,
  planned,
  requestNow,
  whenTasks,
} from '../../helpers/plan.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());
afterEach(() => closeForms(running, APPROVER));

const ada = () => deskOf(running, APPROVER);

/** Two pieces, of which the second comes after the first by a person's word, started by Ada. */
async function inOrder() {
  const text = '\n- format notes.md\n- draft a blog post from the outline';
  const files = [textFile('notes.md', '#  Notes\n*  clay\n'), await outlineFile()];
  const { number, card } = await planned(running, text, files);
  const view = await opened(running, { as: APPROVER, card, form: 'change' });
  const values = { piece: '2', after: '1' };
  await running.human.submit({ as: APPROVER, view, values: chosenBy(view, values) });
  await cardSays(running, card, 'after 1');
  await ada().press(card, 'run');
  await whenTasks(running, number, (tasks) => tasks[1]?.state === 'held');
  return { number, card };
}

async function tasksOf(number: number) {
  const { tasks } = await requestNow(running, number);
  const [first, second] = tasks;
  if (first === undefined || second === undefined) throw new Error('two tasks are expected');
  return { first, second };
}

const trail = async (number: number) => {
  const { second } = await tasksOf(number);
  return running.aios.world.store.trail({ task: second.id });
};

describe('a piece that comes after another', () => {
  test('is held by a named rule until that one is delivered, then works with what was approved there', async () => {
    const { number, card } = await inOrder();
    const { first, second } = await tasksOf(number);
    expect(second).toMatchObject({ after: first.id, waitsFor: 'task' });
    await cardSays(running, card, 'held until the piece before it is delivered');
    const held = (await trail(number)).find((e) => e.type === 'task.held');
    expect(held).toMatchObject({
      rule: expect.stringContaining('#HOLD-ORDER@'),
      data: { waits_for: 'task', before: first.id },
    });

    const gate = await ada().card(REVIEW, 'approve', `*#${number}.1 `);
    await sweep(running.aios.world);
    expect((await tasksOf(number)).second.state).toBe('held');
    await ada().press(gate, 'approve');
    await whenTasks(running, number, (tasks) => tasks[1]?.state === 'waiting');

    const before = await running.aios.world.store.taskFile(first.id);
    const delivered = before?.drafts.find((d) => d.id === before.task.draftId);
    const started = (await trail(number)).find((e) => e.type === 'attempt.started');
    expect(started?.data['context']).toEqual(
      expect.arrayContaining(delivered?.files.map((f) => f.body) ?? ['none']),
    );
  });

  test('asks a person when that one is rejected, and goes on without it when they say so', async () => {
    const { number } = await inOrder();
    const gate = await ada().card(REVIEW, 'approve', `*#${number}.1 `);
    await running.human.choose({ as: APPROVER, message: gate, option: 'Reject…' });
    const view = await running.human.waitForView(APPROVER, (v) => v.callback_id === 'reject');
    await running.human.submit({ as: APPROVER, view, values: { reason: 'Not needed.' } });
    await whenTasks(running, number, (tasks) => tasks[1]?.state === 'asking');
    const asked = (await trail(number)).find((e) => e.type === 'person.asked');
    expect(asked).toMatchObject({
      rule: expect.stringContaining('#ASK-ORDER@'),
      data: { about: 'order' },
    });
    const question = await ada().card(REVIEW, 'answer', 'which comes before it, was rejected');
    await ada().press(question, 'answer:go_on');
    await whenTasks(running, number, (tasks) => tasks[1]?.state === 'waiting');
    expect((await tasksOf(number)).second.after).toBeNull();
  });

  test('cannot wait for itself, nor for one that waits for it', async () => {
    const { number, card } = await planned(
      running,
      '\n- draft a blog post about clay\n- draft a blog post about glaze',
    );
    const change = async (piece: string, after: string) => {
      const view = await opened(running, { as: OWNER, card, form: 'change' });
      const sent = await running.human.submit({
        as: OWNER,
        view,
        values: chosenBy(view, { piece, after }),
      });
      await closeForms(running, OWNER);
      return Object.values(sent.errors ?? {}).join();
    };
    expect(await change('2', '2')).toContain('does not itself wait');
    expect(await change('2', '1')).toBe('');
    expect(await change('1', '2')).toContain('does not itself wait');
    const { first, second } = await tasksOf(number);
    expect([first.after, second.after]).toEqual([null, first.id]);
  });
});
