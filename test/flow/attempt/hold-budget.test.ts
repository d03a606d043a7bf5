import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { TaskId } from '../../../src/core/id.ts';
import { NO_USAGE } from '../../../src/flow/ports/lanes.ts';
import type { AttemptRow } from '../../../src/flow/ports/rows-work.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { sweep } from '../../../src/flow/sweep.ts';
import {
  APPROVER,
  COLLEAGUE,
  give,
  OWNER,
  REVIEW,
  settleAcme,
  taskIn,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf, wordsIn } from '../../helpers/desk.ts';
import { verified } from '../../helpers/verified.ts';
import { answerOf, says, workOn } from '../../helpers/worked.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(() => running.close());

const trail = (task: TaskId) => running.aios.world.store.trail({ task });

/** The one budget in force. */
async function budget() {
  const { store, clock, facility } = running.aios.world;
  const [state, ...more] = await store.budgets(clock.now(), facility.zone);
  if (state === undefined || more.length > 0) throw new Error('one budget is expected');
  return state;
}

async function removed(): Promise<void> {
  const { store, clock, facility } = running.aios.world;
  for (const { budget: row } of await store.budgets(clock.now(), facility.zone))
    await give(running, `budget remove ${row.number}`);
}
afterEach(removed);

function tokensOf(attempts: readonly AttemptRow[]): number {
  const counts = attempts.map(({ usage }) => {
    const { input, output, cacheRead, cacheWrite } = usage ?? NO_USAGE;
    return input + output + cacheRead + cacheWrite;
  });
  return counts.reduce((a, b) => a + b, 0);
}

/** The first answer that a question about a budget offers. */
const offerOn = (card: Parameters<typeof wordsIn>[0]): string =>
  /Raise by [\d,]+ tokens/.exec(wordsIn(card))?.[0] ?? '';

test('a task without room is held with the figures, asks an approver, and goes on at the press', async () => {
  await give(running, 'budget set client acme month 1000 tokens approver 5000000');
  const { number } = await workOn(running);
  const { task, attempts } = await taskIn(running, number, 'held');
  const { budget: row } = await budget();
  expect(task.waitsFor).toBe(`budget:${row.id}`);
  expect(attempts).toEqual([]);
  const held = (await trail(task.id)).find(({ type }) => type === 'task.held');
  expect(held).toMatchObject({
    rule: expect.stringMatching(/#HOLD-BUDGET@/),
    from: 'queued',
    data: { budget: row.id, figure: 'tokens', needs: expect.any(Number) },
  });

  const says1 =
    /held: budget \d+ \(Acme Ltd, each month\) has 1,000 tokens of 1,000 tokens left, and this may come to [\d,]+ tokens/;
  expect((await give(running, `status #${number}`)).join('\n')).toMatch(says1);
  expect((await give(running, `why #${number}.1`)).join('\n')).toMatch(says1);
  const ada = deskOf(running, APPROVER);
  const plan = wordsIn(await ada.words(REVIEW, 'tokens left in budget'));
  expect(plan).toContain('1,000 tokens of 1,000 tokens left in budget 1 (Acme Ltd, each month)');
  await sweep(running.aios.world);
  expect((await taskIn(running, number, 'held')).task.version).toBe(task.version);

  const card = await ada.card(REVIEW, 'answer', `*#${number}.1*`);
  expect(wordsIn(card)).toContain(`<@${APPROVER}>`);
  await ada.press(card, offerOn(card));
  const done = await taskIn(running, number, 'waiting');
  expect(done.attempts).toHaveLength(1);
  const raised = (await trail(task.id)).find(({ type }) => type === 'budget.raised');
  expect(raised).toMatchObject({ from: 'held', to: 'queued', data: { value: 'raised' } });
  const { used, now } = await budget();
  expect(now?.raisedByApprovers).toBeGreaterThan(0);
  expect(used).toMatchObject({ reserved: 0, spent: tokensOf(done.attempts) });
}, 60_000);

test('what approvers may not raise waits for the owner, whom its card calls', async () => {
  await give(running, 'budget set client acme month 1000 tokens');
  const { number } = await workOn(running);
  await taskIn(running, number, 'held');
  const ada = deskOf(running, APPROVER);
  const card = await ada.card(REVIEW, 'answer', `*#${number}.1*`);
  expect(wordsIn(card)).toContain(`<@${OWNER}>`);
  await ada.press(card, offerOn(card));
  expect((await taskIn(running, number, 'held')).attempts).toEqual([]);
  expect((await budget()).now?.raised ?? 0).toBe(0);
  await expect(
    give(running, `budget raise ${(await budget()).budget.number} 50000`, { as: APPROVER }),
  ).rejects.toThrow('The owner can');
  await give(running, `budget raise ${(await budget()).budget.number} 5000000`);
  await taskIn(running, number, 'waiting');
  expect(wordsIn(await ada.words(REVIEW, 'no longer needed'))).toContain(`#${number}.1`);
}, 60_000);

test('two that wait for the same budget are asked about once, and a press lets both go on', async () => {
  await give(running, 'budget set client acme month 1000 tokens approver 5000000');
  const first = await workOn(running);
  const { task } = await taskIn(running, first.number, 'held');
  const second = await workOn(running);
  const other = (await taskIn(running, second.number, 'held')).task;
  const questions = async (id: TaskId) =>
    (await running.aios.world.store.budgetQuestionsOf(id)).length;
  expect([await questions(task.id), await questions(other.id)]).toEqual([1, 0]);
  await give(running, `budget raise ${(await budget()).budget.number} 5000000`);
  await taskIn(running, first.number, 'waiting');
  await taskIn(running, second.number, 'waiting');
}, 60_000);

test('the repair of an answer is reserved as well: without room the first is paid and the task is held', async () => {
  const probe = await workOn(running, { script: [says('not JSON'), says(answerOf())] });
  const { task, attempts } = await taskIn(running, probe.number, 'waiting');
  expect(attempts).toHaveLength(2);
  const started = (await trail(task.id)).find(({ type }) => type === 'attempt.started');
  const worst = (started?.data['worst'] as { tokens: number } | undefined)?.tokens ?? 0;

  await give(running, `budget set client acme month ${worst + 100} tokens`);
  const { number } = await workOn(running, { script: [says('not JSON '.repeat(400))] });
  const held = await taskIn(running, number, 'held');
  expect(held.attempts.map(({ outcome }) => outcome)).toEqual(['invalid_output']);
  const entry = (await trail(held.task.id)).find(({ type }) => type === 'task.held');
  expect(entry).toMatchObject({ from: 'working', data: { figure: 'tokens' } });
  expect((await budget()).used.reserved).toBe(0);
  await removed();
  await taskIn(running, number, 'waiting');
}, 60_000);

test('that a budget is nearly used up is said once in the review place, and status and digest say it too', async () => {
  await give(running, 'budget set client acme lane local 1 minutes');
  const { store, clock, facility } = running.aios.world;
  const state = await budget();
  expect(state.used.limit).toBe(60_000);
  await give(running, `budget set client acme lane local 20 minutes`);
  const { number } = await workOn(running);
  await taskIn(running, number, 'waiting');
  const spent = (await budget()).used.spent;
  expect(spent).toBeLessThan(60_000);
  await removed();

  await give(running, 'budget set client acme month 5000000 tokens');
  const again = await workOn(running);
  await taskIn(running, again.number, 'waiting');
  const used = (await budget()).used.spent;
  await give(running, `budget set client acme month ${used + 1} tokens`);
  await sweep(running.aios.world);
  await sweep(running.aios.world);
  const ada = deskOf(running, APPROVER);
  await ada.words(REVIEW, '% used');
  const warned = ada.messages(REVIEW).filter((m) => wordsIn(m).includes('% used'));
  expect(warned).toHaveLength(1);
  expect((await give(running, 'status')).join('\n')).toContain('Budgets nearly used up');
  expect((await store.budgets(clock.now(), facility.zone))[0]?.now?.warnedAt).not.toBeNull();
}, 60_000);

test('nobody but the owner sets one, and bad input changes nothing', async () => {
  const { store, clock, facility } = running.aios.world;
  await expect(give(running, 'budget set month 5', { as: COLLEAGUE })).rejects.toThrow();
  for (const [words, expected] of [
    ['5', 'Expected client, lane, request, person or month'],
    ['month -5', 'Expected an amount in USD'],
    ['month 0.0000000001', 'at most nine decimals'],
    ['month 5 euros', 'Expected one of cash, credits, tokens, minutes'],
    ['month 2.5 tokens', 'Expected a whole number of tokens'],
    ['month 1e3 tokens', 'Expected a whole number of tokens'],
    ['month 99999999999999999 tokens', 'Expected a whole number of tokens'],
    ['client acmee month 5', 'Did you mean acme?'],
    ['lane fast 5', 'Expected one of tool, local, seat, senior'],
    ['request #99999 5', 'Expected the number of a request'],
    ['month 5 cash more', 'Expected no more words'],
    ['month', 'Expected an amount in USD'],
  ] as const)
    await expect(give(running, `budget set ${words}`)).rejects.toThrow(expected);
  await expect(give(running, 'budget raise 9999 5')).rejects.toThrow('There is no budget 9999');
  await expect(give(running, 'budget remove x')).rejects.toThrow('Expected the number of a budget');
  expect(await store.budgets(clock.now(), facility.zone)).toEqual([]);
});

test('what was recorded of budgets is sound, and says who set what from what to what', async () => {
  await give(running, 'budget set lane senior month 10 approver 5');
  await give(running, 'budget set lane senior month 12.5');
  const { budget: row } = await budget();
  await give(running, `budget raise ${row.number} 1`);
  await give(running, `budget remove ${row.number}`);
  const lines = await running.aios.world.store.log(
    { reach: 'all' },
    { towards: 'older', cursor: null, limit: 4 },
  );
  const said = (lines?.rows ?? []).map(({ bytes }) => readEntry(bytes));
  const actor = { kind: 'person' };
  const [ten, more, eleven] = [10_000_000_000, 12_500_000_000, 13_500_000_000];
  expect(said).toMatchObject([
    { type: 'budget.set', actor, data: { lane: 'senior', cap: { from: null, to: ten } } },
    {
      type: 'budget.set',
      actor,
      data: {
        cap: { from: ten, to: more },
        approver_raise: { from: 5_000_000_000, to: 5_000_000_000 },
      },
    },
    { type: 'budget.raised', actor, data: { limit: { from: more, to: eleven }, as: 'owner' } },
    { type: 'budget.removed', actor, data: { cap: more } },
  ]);
  expect(new Set(said.map(({ data }) => data['budget']))).toEqual(new Set([row.id]));
  const { findings } = await verified(running);
  expect(findings).toEqual([]);
}, 60_000);
