import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TaskId } from '../../src/core/id.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';
import { until } from '../helpers/until.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
}, 60_000);
afterAll(async () => running.close());

test('a direct message with a file becomes an approved file with its record', async () => {
  const owner = deskOf(running, 'U0OWNER');
  const notes = { name: 'notes.md', bytes: await readFile('fixtures/day/untidy/notes.md') };
  const said = await owner.dm('please format the attached file', [notes]);

  await owner.press(await owner.card(said.channel, 'answer', 'For whom'), 'The practice itself');
  await owner.press(await owner.card(said.channel, 'run'), 'run');
  await owner.press(await owner.card(said.channel, 'approve'), 'approve');
  const delivered = await owner.words(said.channel, 'Made by an exact program');

  expect(delivered.files?.map((f) => f.title)).toEqual([
    'REHEARSAL-notes.md',
    'REHEARSAL-format-report.md',
  ]);
  const { store } = running.aios.world;
  const task = (await store.findTask({ request: 1 })) as TaskId;
  await until(
    'the delivery is on record',
    async () => (await store.taskFile(task))?.task.state === 'delivered',
  );
  expect((await store.trail({ task })).map((entry) => entry.type)).toEqual([
    'task.routed',
    'task.started',
    'task.claimed',
    'attempt.started',
    'attempt.ended',
    'draft.made',
    'gate.reviewed',
    'draft.approved',
    'disclosure.issued',
    'draft.delivered',
    'draft.attributed',
  ]);
  expect(running.logged).toEqual([]);
});
