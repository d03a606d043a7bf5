import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { moment } from '../../src/core/moment.ts';
import type { Moment } from '../../src/core/moment.ts';
import { resumeWithRoom } from '../../src/flow/funded.ts';
import type { World } from '../../src/flow/ports/world.ts';
import { give, settleAcme, taskIn } from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { workOn } from '../helpers/worked.ts';

const HOUR = 3_600_000;
let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(() => running.close());

/** The world at a moment, and whose file was read in it: that is where putting a call together begins. */
function at(now: Moment): { world: World; read: string[] } {
  const { world } = running.aios;
  const read: string[] = [];
  const store = {
    ...world.store,
    taskFile: (id: Parameters<typeof world.store.taskFile>[0]) => {
      read.push(id);
      return world.store.taskFile(id);
    },
  };
  return { read, world: { ...world, store, clock: { ...world.clock, now: () => now } } };
}

/** That minute of the hour that runs, so many hours later. */
const minute = (which: number, later = 0): Moment =>
  moment((Math.floor(running.aios.world.clock.now() / HOUR) + later) * HOUR + which * 60_000);

test('what waits for a budget is put together anew where there is room for it, and in the first minute of an hour', async () => {
  await give(running, 'budget set client acme month 1000 tokens');
  const { number } = await workOn(running);
  const { task } = await taskIn(running, number, 'held');
  const resumed = async () =>
    (await running.aios.world.store.trail({ task: task.id })).filter(
      ({ type }) => type === 'task.resumed',
    ).length;

  const still = at(minute(1));
  await resumeWithRoom(still.world);
  expect(still.read).toEqual([]);

  const hourly = at(minute(0));
  await resumeWithRoom(hourly.world);
  expect([hourly.read, await resumed()]).toEqual([[task.id], 0]);

  // Room enough, which nobody said to the program.
  const { sql } = running.aios.base;
  const { store, facility } = running.aios.world;
  const held = (await store.trail({ task: task.id })).findLast(({ type }) => type === 'task.held');
  const needs = Number(held?.data['needs']);
  const found = async () => (await store.heldWithRoom(minute(1), facility.zone)).length;
  expect(await found()).toBe(0);
  await give(running, `budget set client acme month ${needs - 1} tokens`);
  expect(await found()).toBe(0);
  await give(running, `budget set client acme month ${needs} tokens`);
  expect(await resumed()).toBe(1);
  await taskIn(running, number, 'waiting');
  expect(await sql`select from task where state = 'held'`).toHaveLength(0);
}, 60_000);

test('a new month has room again, and the task goes on by itself', async () => {
  await give(running, 'budget set client acme month 5000000 tokens');
  const first = await workOn(running);
  const done = await taskIn(running, first.number, 'waiting');
  const worst = (await running.aios.world.store.trail({ task: done.task.id })).find(
    ({ type }) => type === 'attempt.started',
  )?.data['worst'] as { tokens: number } | undefined;
  await give(running, `budget set client acme month ${(worst?.tokens ?? 0) + 100} tokens`);
  const { number } = await workOn(running);
  const { task } = await taskIn(running, number, 'held');

  const today = at(minute(1));
  await resumeWithRoom(today.world);
  expect(today.read).toEqual([]);
  const later = at(minute(1, 24 * 32));
  await resumeWithRoom(later.world);
  expect(later.read).toContain(task.id);
  const trail = await running.aios.world.store.trail({ task: task.id });
  expect(trail.filter(({ type }) => type === 'task.resumed')).toHaveLength(1);
}, 60_000);
