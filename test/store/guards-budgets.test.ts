import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AttemptId, BudgetId, TaskId } from '../../src/core/id.ts';
import {
  cash,
  changeBudget,
  endAttempt,
  raiseBudget,
  setBudget,
  startAttempt,
} from './budget-scene.ts';
import { line, makeScene, NOW, waitingTask } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
let task: TaskId;
let budget: BudgetId;
let attempt: AttemptId;
beforeAll(async () => {
  scene = await makeScene();
  ({ task } = await waitingTask(scene));
  budget = await setBudget(scene.writer, scene, { cap: 100, approverRaise: 10 });
  attempt = (await startAttempt(scene.writer, { scene, task, worst: cash(60) })) as AttemptId;
});
afterAll(() => scene.close());

describe('the program cannot', () => {
  test.each([
    ['write a sum', `update budget_period set spent = 0`],
    ['take back what is reserved', `update budget_period set reserved = 0`],
    ['forget a reservation', `delete from reservation`],
    ['make a reservation smaller', `update reservation set amount = 1`],
    ['move one to another month', `update reservation set period = '2026-10'`],
    ['give a budget to another client', `update budget set client_id = null`],
  ])('%s', (_what, statement) =>
    expect(scene.writer.unsafe(statement)).rejects.toThrow(/permission denied/),
  );

  test('reserve for an attempt twice, nor settle one that runs', async () => {
    await expect(
      scene.writer`insert into reservation ${scene.writer({ attempt_id: attempt, budget_id: budget, period: 'ever', amount: 1 })}`,
    ).rejects.toThrow(/duplicate key/);
    await expect(
      scene.writer`update reservation set settled = 0, counted = 'free' where attempt_id = ${attempt}`,
    ).rejects.toThrow(/settled when it has ended/);
  });

  test('reserve more than there is, whatever it thinks', async () => {
    const free = await startAttempt(scene.writer, { scene, task, worst: cash(0) });
    await expect(
      scene.writer`insert into reservation ${scene.writer({ attempt_id: free, budget_id: budget, period: 'ever', amount: 41 })}`,
    ).rejects.toThrow(/has no room/);
  });

  test('change a cap, or raise a limit, without an entry of a person that says so', async () => {
    await expect(scene.writer`update budget set cap = 1000`).rejects.toThrow(/needs a new entry/);
    await expect(scene.writer`update budget_period set raised = 1`).rejects.toThrow(
      /needs a new entry/,
    );
    const bySystem = scene.writer.begin(async (tx) => {
      const last = await line(tx, { type: 'budget.set', client: scene.client, data: { budget } });
      await tx`update budget set cap = 1000, last_entry = ${last} where id = ${budget}`;
    });
    await expect(bySystem).rejects.toThrow(/needs a new entry that says who set it/);
  });

  test('raise it for approvers by more than was set for them, nor lower it again', async () => {
    const by = (nano: number) =>
      raiseBudget(scene.writer, scene, { budget, from: 0, by: nano, approvers: nano });
    await expect(by(11)).rejects.toThrow(/may not raise budget/);
    expect(await by(10)).toBe('done');
    await expect(raiseBudget(scene.writer, scene, { budget, from: 10, by: -5 })).rejects.toThrow(
      /only rises/,
    );
  });
});

test('a lost reservation stands at its worst until somebody says what it was, and none is settled twice', async () => {
  await endAttempt(scene.writer, { task, attempt, spent: cash(null), counted: 'lost' });
  await expect(
    scene.writer`update reservation set settled = 0, counted = 'free' where attempt_id = ${attempt}`,
  ).rejects.toThrow(/until it is settled once/);
  await scene.writer`update reservation set settled = 9, counted = 'reconciled' where attempt_id = ${attempt}`;
  await expect(
    scene.writer`update reservation set settled = 8, counted = 'reconciled' where attempt_id = ${attempt}`,
  ).rejects.toThrow(/until it is settled once/);
});

test('a removed budget comes back by a new one, and there is one at a time of the same things', async () => {
  await expect(setBudget(scene.writer, scene, { cap: 5 })).resolves.toBeDefined();
  const rows = await scene.writer`select 1 from budget where removed_at is null`;
  expect(rows).toHaveLength(1);
  expect(await changeBudget(scene.writer, scene, { budget, removedAt: NOW })).toBe('done');
  await expect(changeBudget(scene.writer, scene, { budget, cap: 7 })).rejects.toThrow(
    /until it is removed for good/,
  );
  await setBudget(scene.writer, scene, { cap: 5 });
  expect(await scene.writer`select cap from budget where removed_at is null`).toEqual([{ cap: 5 }]);
});
