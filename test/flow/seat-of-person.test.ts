import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sweep } from '../../src/flow/sweep.ts';
import type { LaneHealth } from '../../src/flow/ports/lanes.ts';
import { makeShop } from '../helpers/turns.ts';
import type { Shop } from '../helpers/turns.ts';
import { OWNER } from '../helpers/world.ts';

let shop: Shop;
const seats = new Set<string>();
beforeAll(async () => {
  shop = await makeShop();
  const { seat } = shop.world.lanes;
  const health = async (asker?: string): Promise<LaneHealth> =>
    asker === undefined || seats.has(asker)
      ? { is: 'ready', model: 'gpt-5.3-codex', rehearsal: false }
      : { is: 'off', why: 'Whoever asked has no seat here.', next: `Set one for ${asker}.` };
  Object.assign(shop.world.lanes, { seat: { ...seat, health } });
}, 60_000);
afterAll(async () => shop.close());

test('work for the seat of somebody who has none is held, with the next step, and goes on once they have one', async () => {
  const made = await shop.plan('kind: draft.message, write to our printer');
  await made.change(1, { lane: 'seat' });
  await made.run();
  await made.settle();
  expect(await made.task(1)).toMatchObject({ state: 'held', waitsFor: 'lane:seat' });
  expect((await made.trail(1)).at(-1)?.rule).toContain('#HOLD-LANE-OFF@');
  await sweep(shop.world);
  expect(await made.task(1)).toMatchObject({ state: 'held' });
  expect(shop.calls).toEqual([]);
  seats.add(OWNER);
  await sweep(shop.world);
  await made.settle();
  expect(shop.calls.map(({ lane }) => lane)).toEqual(['seat']);
});
