import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sweep } from '../../../src/flow/sweep.ts';
import { makeShop } from '../../helpers/turns.ts';
import type { Planned, Shop } from '../../helpers/turns.ts';

const SUSPECT = 'kind: draft.blog, draft a blog post about Mrs Miller';
const POST = 'kind: draft.blog, draft a post about clay';
const PRICES = 'kind: write.microcopy, put this simply for our price page: a refund takes ten days';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(async () => shop.close());

const done = { is: 'done' };

/** Two pieces, the second behind the first; the first still asks how confidential it is. */
async function behind(second: string, first = SUSPECT): Promise<Planned> {
  const made = await shop.plan(`\n- ${first}\n- ${second}`);
  expect(await made.change(2, { after: '1' })).toMatchObject(done);
  return made;
}

/** The first piece is found to be confidential, done on our own machine, and delivered. */
async function deliverFirst(made: Planned): Promise<void> {
  expect(await made.answer('sensitivity', 'confidential')).toMatchObject(done);
  expect(await made.answer('lane', 'local')).toMatchObject(done);
  expect(await made.run()).toMatchObject(done);
  await made.settle();
  await made.approve();
}

const trailOf = async (made: Planned, type: string) =>
  (await made.trail(2)).findLast((entry) => entry.type === type);

describe('a piece behind one that became confidential after the plan', () => {
  test('is asked about when no lane is left for it, and never started before', async () => {
    const made = await behind(POST);
    expect(await made.task(2)).toMatchObject({
      lane: 'senior',
      facts: { sensitivity: 'ordinary' },
    });
    expect(await made.run()).toMatchObject(done);
    expect(await made.task(2)).toMatchObject({ state: 'held', waitsFor: 'task' });
    await deliverFirst(made);
    expect((await made.task(1)).state).toBe('delivered');
    expect(await made.task(2)).toMatchObject({
      state: 'asking',
      waitsFor: 'answer:lane',
      facts: { sensitivity: 'confidential' },
    });
    expect(await trailOf(made, 'task.resumed')).toMatchObject({
      rule: expect.stringContaining('#RESUME@'),
      data: {
        before: (await made.task(1)).id,
        outcome: 'ask',
        asks: 'lane',
        facts: { sensitivity: 'confidential' },
        limits: [expect.stringContaining('#LIMIT-020@')],
      },
    });
    expect(await made.answer('lane', 'local')).toMatchObject(done);
    await made.settle();
    const calls = shop.calls.filter(({ before }) => before !== null);
    expect(calls.map(({ lane }) => lane)).toEqual(['local']);
  });

  test('moves to the lane the rules have for it where that is not dearer, and works there', async () => {
    const made = await behind(PRICES);
    expect((await made.task(2)).lane).toBe('senior');
    await made.run();
    const { minutes, persona } = await made.task(2);
    await deliverFirst(made);
    expect(await made.task(2)).toMatchObject({
      state: 'waiting',
      lane: 'local',
      persona,
      minutes,
      rule: expect.stringContaining('#LANE-040@'),
      facts: { sensitivity: 'confidential' },
    });
    expect(await trailOf(made, 'task.resumed')).toMatchObject({
      lane: 'local',
      data: { outcome: 'lane', lane: 'local' },
    });
    expect(await trailOf(made, 'attempt.started')).toMatchObject({ lane: 'local' });
  });

  test('is decided anew as well when it is started only after that one was delivered', async () => {
    // While its lane is off the second piece is held, so the first Run does not start it.
    shop.health.set('senior', { is: 'off', why: 'No key.', next: 'Set one.' });
    const then = 'then draft a post about clay with the result of that, kind: draft.blog';
    const made = await shop.plan(`\n- ${SUSPECT}\n- ${then}`);
    const { id } = await made.task(1);
    expect(await made.task(2)).toMatchObject({ state: 'held', lane: 'senior', after: id });
    await deliverFirst(made);
    shop.health.delete('senior');
    await sweep(shop.world);
    expect((await made.task(2)).state).toBe('proposed');
    expect(await made.run()).toMatchObject(done);
    expect(await made.task(2)).toMatchObject({ state: 'asking', waitsFor: 'answer:lane' });
  });

  test('goes on as before where what that one brings is what the plan knew', async () => {
    const made = await behind(POST, 'kind: draft.blog, draft a post about glaze');
    await made.run();
    await made.settle();
    await made.approve();
    expect(await made.task(2)).toMatchObject({ state: 'waiting', lane: 'senior' });
    expect((await trailOf(made, 'task.resumed'))?.data).toEqual({
      before: (await made.task(1)).id,
    });
  });
});
