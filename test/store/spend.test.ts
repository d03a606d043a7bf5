import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NOT_KNOWN } from '../../src/core/budget.ts';
import type { AttemptId, BudgetId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { budgetReads } from '../../src/store/read-budgets.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import {
  cash,
  changeBudget,
  endAttempt,
  NOBODY,
  raiseBudget,
  reconcileAttempt,
  setBudget,
  startAttempt,
  sumsOf,
  ZONE,
} from './budget-scene.ts';
import { makeScene, NOW, waitingTask } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
let many: Sql;
let task: TaskId;
beforeAll(async () => {
  scene = await makeScene();
  many = connect(scene.writerUrl, 12);
  ({ task } = await waitingTask(scene));
});
afterAll(async () => {
  await many.end();
  await scene.close();
});

const start = (nano: number | null, scope: Parameters<typeof setBudget>[2]['scope'] = {}) =>
  startAttempt(many, { scene, task, worst: cash(nano), scope });
const remove = async (budget: BudgetId) => changeBudget(many, scene, { budget, removedAt: NOW });

test('200 calls at once at the edge of a cap: as many as fit, and not one more', async () => {
  const budget = await setBudget(many, scene, { cap: 1_000 });
  const begun = await Promise.all(Array.from({ length: 200 }, () => start(30)));
  expect(begun.filter((attempt) => attempt !== null)).toHaveLength(33);
  expect(await sumsOf(many, budget)).toEqual({
    counted: { spent: 0, reserved: 990 },
    rows: { spent: 0, reserved: 990 },
  });
  await remove(budget);
}, 60_000);

test('all budgets that count a call are taken together, or none', async () => {
  const wide = await setBudget(many, scene, { cap: 1_000 });
  const narrow = await setBudget(many, scene, { scope: { lane: 'senior' }, cap: 50 });
  expect(await start(60, { lane: 'senior' })).toBeNull();
  expect((await sumsOf(many, wide)).counted).toEqual({ spent: 0, reserved: 0 });
  expect(await start(60, { lane: 'seat' })).not.toBeNull();
  expect(await start(50, { lane: 'senior' })).not.toBeNull();
  expect((await sumsOf(many, wide)).counted.reserved).toBe(110);
  expect((await sumsOf(many, narrow)).counted.reserved).toBe(50);
  await remove(wide);
  await remove(narrow);
});

test('what nobody knows the price of is refused, and what costs nothing is never', async () => {
  const budget = await setBudget(many, scene, { cap: 0 });
  expect(await start(null)).toBeNull();
  expect(await start(1)).toBeNull();
  expect(await start(0)).not.toBeNull();
  expect(await start(5, { clientId: null })).not.toBeNull();
  const short = await budgetReads(many).budgetsShort({
    scope: { ...NOBODY, clientId: scene.client },
    worst: cash(null),
    at: NOW,
    zone: ZONE,
  });
  expect(short).toMatchObject([{ needs: null, state: { budget: { id: budget } } }]);
  await remove(budget);
});

test('a call counts in the month in which it began where the practice is', async () => {
  const budget = await setBudget(many, scene, { cap: 100, period: 'month' });
  const newYear = Date.UTC(2026, 11, 31, 23, 30);
  const at = (ms: number) => startAttempt(many, { scene, task, worst: cash(80), at: moment(ms) });
  expect(await at(newYear - 3_600_000)).not.toBeNull();
  expect(await at(newYear - 3_600_000)).toBeNull();
  expect(await at(newYear)).not.toBeNull();
  const periods = await many<{ period: string }[]>`
    select period from budget_period where budget_id = ${budget} order by period`;
  expect(periods.map(({ period }) => period)).toEqual(['2026-12', '2027-01']);
  await remove(budget);
});

describe('an end', () => {
  test('puts what a call came to in the place of what was reserved', async () => {
    const budget = await setBudget(many, scene, { cap: 100 });
    const attempt = (await start(100)) as AttemptId;
    expect(await start(1)).toBeNull();
    await endAttempt(many, { task, attempt, spent: cash(40) });
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: 40, reserved: 0 });
    expect(await start(60)).not.toBeNull();
    await remove(budget);
  });

  test.each([
    ['lost', null, 100],
    ['free', 0, 0],
  ] as const)('without an answer counts as %s', async (counted, spent, expected) => {
    const budget = await setBudget(many, scene, { cap: 100 });
    const attempt = (await start(100)) as AttemptId;
    await endAttempt(many, { task, attempt, spent: cash(spent), counted });
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: expected, reserved: 0 });
    const [state] = (await budgetReads(many).budgets(NOW, ZONE)).filter(
      (one) => one.budget.id === budget,
    );
    expect(state?.uncertain).toBe(expected);
    await remove(budget);
  });

  test('that is not known counts at its worst until somebody says what it came to, once', async () => {
    const budget = await setBudget(many, scene, { cap: 100 });
    const tokens = await setBudget(many, scene, { cap: 100, figure: 'tokens' });
    const worst = { ...cash(70), tokens: 90 };
    const attempt = (await startAttempt(many, { scene, task, worst })) as AttemptId;
    await endAttempt(many, { task, attempt, spent: NOT_KNOWN, counted: 'lost' });
    expect(await start(40)).toBeNull();
    const invoice = { ...NOT_KNOWN, cash: 25 };
    expect(await reconcileAttempt(many, { task, attempt, spent: invoice })).toBe('done');
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: 25, reserved: 0 });
    expect((await sumsOf(many, tokens)).counted).toEqual({ spent: 90, reserved: 0 });
    const states = await budgetReads(many).budgets(NOW, ZONE);
    const uncertain = (id: BudgetId) => states.find((one) => one.budget.id === id)?.uncertain;
    expect([uncertain(budget), uncertain(tokens)]).toEqual([0, 90]);
    await reconcileAttempt(many, { task, attempt, spent: cash(0) });
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: 25, reserved: 0 });
    expect((await sumsOf(many, tokens)).counted).toEqual({ spent: 0, reserved: 0 });
    expect(await start(40)).not.toBeNull();
    await remove(budget);
    await remove(tokens);
  });

  test('that is booked is not said anew', async () => {
    const budget = await setBudget(many, scene, { cap: 100 });
    const attempt = (await start(70)) as AttemptId;
    await reconcileAttempt(many, { task, attempt, spent: cash(1) });
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: 0, reserved: 70 });
    await endAttempt(many, { task, attempt, spent: cash(30) });
    await reconcileAttempt(many, { task, attempt, spent: cash(1) });
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: 30, reserved: 0 });
    await remove(budget);
  });

  test('that nobody settled is found and settled at its worst, once', async () => {
    const budget = await setBudget(many, scene, { cap: 100 });
    const attempt = (await start(70)) as AttemptId;
    await endAttempt(many, { task, attempt });
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: 0, reserved: 70 });
    expect(await budgetReads(many).settleForgotten()).toBe(1);
    expect(await budgetReads(many).settleForgotten()).toBe(0);
    expect((await sumsOf(many, budget)).counted).toEqual({ spent: 70, reserved: 0 });
    await remove(budget);
  });
});

type Step =
  | { readonly does: 'start'; readonly worst: number; readonly lane: 'senior' | 'seat' }
  | { readonly does: 'end'; readonly which: number; readonly came: number | null }
  | { readonly does: 'reconcile'; readonly which: number; readonly share: number }
  | { readonly does: 'raise'; readonly by: number }
  | { readonly does: 'cap'; readonly cap: number }
  | { readonly does: 'remove' };

type Of<D extends Step['does']> = Extract<Step, { does: D }>;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('start' as const),
      worst: fc.integer({ min: 1, max: 60 }),
      lane: fc.constantFrom('senior' as const, 'seat' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('end' as const),
      which: fc.nat(),
      came: fc.option(fc.nat(60)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('reconcile' as const),
      which: fc.nat(),
      share: fc.integer({ min: 0, max: 100 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('raise' as const),
      by: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('cap' as const),
      cap: fc.integer({ min: 0, max: 200 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'remove' as const }) },
);

test('whatever is reserved, settled, raised and removed at once: no cap is passed and the sums are those of the attempts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (waves) => {
        const wide = await setBudget(many, scene, { cap: 120 });
        const narrow = await setBudget(many, scene, { scope: { lane: 'senior' }, cap: 70 });
        const worst = new Map<AttemptId, number>();
        const lost = new Map<AttemptId, number>();
        let raised = 0;
        let highest = 120;
        let removed = false;
        const DOES = {
          start: async (one: Of<'start'>): Promise<void> => {
            const begun = await start(one.worst, { lane: one.lane });
            if (begun !== null) worst.set(begun, one.worst);
          },
          end: async (one: Of<'end'>): Promise<void> => {
            const attempt = [...worst.keys()][one.which % Math.max(1, worst.size)];
            if (attempt === undefined) return;
            // It never comes to more than its worst case.
            const came = one.came === null ? null : Math.min(one.came, worst.get(attempt) ?? 0);
            const most = worst.get(attempt) ?? 0;
            worst.delete(attempt);
            await endAttempt(many, { task, attempt, spent: cash(came) });
            if (came === null) lost.set(attempt, most);
          },
          reconcile: async ({ which, share }: Of<'reconcile'>): Promise<void> => {
            const [attempt, most] = [...lost][which % Math.max(1, lost.size)] ?? [];
            if (attempt === undefined || most === undefined) return;
            const spent = cash(Math.floor((most * share) / 100));
            await reconcileAttempt(many, { task, attempt, spent });
          },
          raise: async ({ by }: Of<'raise'>): Promise<void> => {
            const more = { budget: wide, from: raised, by };
            if ((await raiseBudget(many, scene, more)) === 'done') raised += by;
          },
          cap: async ({ cap }: Of<'cap'>): Promise<void> => {
            highest = Math.max(highest, cap);
            await changeBudget(many, scene, { budget: wide, cap });
          },
          remove: async (): Promise<void> => {
            if (removed) return;
            removed = true;
            await remove(narrow);
          },
        };
        const run = (one: Step): Promise<void> => DOES[one.does](one as never);
        for (const wave of waves) {
          await Promise.all(wave.map(run));
          for (const [budget, most] of [
            [wide, highest + raised],
            [narrow, 70],
          ] as const) {
            const { counted, rows } = await sumsOf(many, budget);
            expect(counted).toEqual(rows);
            expect(counted.spent + counted.reserved).toBeLessThanOrEqual(most);
          }
        }
        await remove(wide);
        if (!removed) await remove(narrow);
        const open = await many<{ n: number }[]>`
        select count(*)::int as n from reservation r join attempt a on a.id = r.attempt_id
        where (a.ended_at is null) <> (r.settled is null)`;
        expect(open).toEqual([{ n: 0 }]);
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
