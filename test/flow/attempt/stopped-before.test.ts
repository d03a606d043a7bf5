import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Fault } from '../../../src/core/fault.ts';
import { makeShop } from '../../helpers/turns.ts';
import type { Shop } from '../../helpers/turns.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(async () => shop.close());

test('a call that cannot even be put together asks a person, with what was wrong', async () => {
  const secrets = (): Promise<never> =>
    Promise.reject(new Fault('too_large', 'Expected less material, got too much.'));
  Object.assign(shop.world.exact, { secrets });
  const made = await shop.plan('kind: draft.blog, draft a post about clay');
  await made.run();
  await made.settle();
  expect(await made.task(1)).toMatchObject({ state: 'asking', waitsFor: 'answer:stuck' });
  expect((await made.trail(1)).at(-1)?.rule).toContain('#ASK-STUCK@');
  expect(shop.calls).toEqual([]);
});
