import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { press } from '../../src/flow/press.ts';
import type { CardId } from '../../src/flow/ports/rows-cards.ts';
import type { TaskId } from '../../src/core/id.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
}, 60_000);
afterAll(async () => running.close());

test('many presses of one card at once: one counts, nobody waits for another for ever', async () => {
  const owner = deskOf(running, 'U0OWNER');
  const { world } = running.aios;
  const notes = { name: 'notes.md', bytes: new TextEncoder().encode('#  A\n*  b\n') };
  const said = await owner.dm('format the attached file please', [notes]);
  await owner.press(await owner.card(said.channel, 'answer', 'For whom'), 'The practice itself');
  await owner.press(await owner.card(said.channel, 'run'), 'run');
  await owner.card(said.channel, 'approve');
  const task = (await world.store.findTask({ request: 1 })) as TaskId;
  const draft = (await world.store.taskFile(task))?.task.draftId;
  const card = (await world.store.cardByKey(`gate:${draft}`))?.id as CardId;

  const pressed = { card, verb: 'approve', team: world.facility.team, user: 'U0OWNER' } as const;
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => press(world, pressed)));
  expect(outcomes.filter((o) => o.is === 'done')).toHaveLength(1);
  expect(outcomes.filter((o) => o.is === 'refused')).toHaveLength(29);
  const approved = (await world.store.trail({ task })).filter((e) => e.type === 'draft.approved');
  expect(approved).toHaveLength(1);
});
