import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { BUDGETS } from '../../src/cli/checks-budgets.ts';
import type { Finding, Look } from '../../src/cli/check.ts';
import { cash, endAttempt, setBudget, startAttempt } from '../store/budget-scene.ts';
import { makeScene, waitingTask } from '../store/scene.ts';
import type { Scene } from '../store/scene.ts';
import { adminUrl } from '../helpers/postgres.ts';
import { onDatabase } from '../../src/embedded/database.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.close());

async function found(): Promise<Finding> {
  const url = onDatabase(adminUrl(), new URL(scene.writerUrl).pathname.slice(1));
  const look = {
    config: { zone: 'Europe/Berlin' },
    server: async () => ({
      is: 'up',
      url,
      ask: async <T>(query: (sql: postgres.Sql) => Promise<T>) => {
        const sql = postgres(url, { max: 1 });
        try {
          return await query(sql);
        } finally {
          await sql.end();
        }
      },
    }),
  } as unknown as Look;
  const [check] = BUDGETS;
  if (check === undefined) throw new Error('a check is expected');
  return check.test(look);
}

test('doctor names the budgets that are nearly used up, and only those', async () => {
  expect(await found()).toMatchObject({ is: 'ok' });
  const { task } = await waitingTask(scene);
  await setBudget(scene.writer, scene, { cap: 1_000 });
  const attempt = await startAttempt(scene.writer, { scene, task, worst: cash(900) });
  expect(await found()).toMatchObject({ is: 'ok' });
  if (attempt === null) throw new Error('there is room for it');
  await endAttempt(scene.writer, { task, attempt, spent: cash(null), counted: 'lost' });
  expect(await found()).toMatchObject({
    is: 'warn',
    says: 'Nearly used up: budget 1 (Acme) 90 %, some of it for answers that were lost.',
    next: expect.stringContaining('budget raise'),
  });
});
