import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TaskId } from '../../src/core/id.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import { press } from '../../src/flow/press.ts';
import { sweep } from '../../src/flow/sweep.ts';
import type { CardId } from '../../src/flow/ports/rows-cards.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';
import { until } from '../helpers/until.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
}, 60_000);
afterAll(async () => running.close());

/** The same world under rules that wait less long, at any hour. */
function hasty(settings: Partial<RuleSet['settings']>): Running['aios']['world'] {
  const { world } = running.aios;
  const { rules } = world.library;
  const hurried = { ...rules, settings: { ...rules.settings, quietHours: null, ...settings } };
  return { ...world, library: { ...world.library, rules: hurried } };
}

test('an old card reminds, then expires as a state of its own, and comes back with the same bytes', async () => {
  const owner = deskOf(running, 'U0OWNER');
  const { world } = running.aios;
  const notes = { name: 'notes.md', bytes: new TextEncoder().encode('#  A\n*  b\n') };
  const said = await owner.dm('format the attached file please', [notes]);
  await owner.press(await owner.card(said.channel, 'answer', 'For whom'), 'The practice itself');
  await owner.press(await owner.card(said.channel, 'run'), 'run');
  await owner.card(said.channel, 'approve');
  const task = (await world.store.findTask({ request: 1 })) as TaskId;
  const state = async () => (await world.store.taskFile(task))?.task;
  const draft = (await state())?.draftId;

  await sweep(hasty({ remindAfterHours: 0 }));
  await owner.words(said.channel, 'still waits for your decision');
  expect((await state())?.state).toBe('waiting');

  await sweep(hasty({ expireAfterDays: 0 }));
  expect(await state()).toMatchObject({ state: 'expired', returnTo: 'waiting' });
  const card = await world.store.cardByKey(`gate:${draft}`);
  const late = { card: card?.id as CardId, verb: 'approve', team: world.facility.team } as const;
  expect(await press(world, { ...late, user: 'U0OWNER' })).toMatchObject({ is: 'refused' });
  expect((await state())?.state).toBe('expired');

  await owner.press(await owner.card(said.channel, 'reopen'), 'Reopen 1');
  await until('it waits again', async () => (await state())?.state === 'waiting');
  expect((await state())?.draftId).toBe(draft);
  await owner.press(await owner.card(said.channel, 'approve'), 'approve');
  await until('it is delivered', async () => (await state())?.state === 'delivered');
  const types = (await world.store.trail({ task })).map((e) => e.type);
  expect(types).toEqual(
    expect.arrayContaining(['person.reminded', 'task.expired', 'task.reopened', 'draft.delivered']),
  );
});

test('a card of another installation changes nothing', async () => {
  const { world } = running.aios;
  const outcome = await press(world, {
    card: '00000000-0000-7000-8000-000000000000' as never,
    verb: 'approve',
    team: world.facility.team,
    user: 'U0OWNER',
  });
  expect(outcome).toMatchObject({ is: 'refused' });
});
