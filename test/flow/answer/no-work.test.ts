import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeShop } from '../../helpers/turns.ts';
import type { Shop } from '../../helpers/turns.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(async () => shop.close());

test('words that say it is for a person alone are asked about, and a yes ends the piece', async () => {
  const made = await shop.plan('do the thing for the printer');
  await made.reply('please pay the invoice of the printer');
  expect((await made.open())?.about).toBe('kind');
  expect(await made.task(1)).toMatchObject({ state: 'asking', persona: 'human' });
  expect(JSON.stringify(await made.run())).toContain('Nothing');
  const human = (await made.open())?.options[0]?.value ?? '';
  expect(human).toBe('human.money');
  expect(await made.answer('kind', human)).toEqual({
    is: 'done',
    says: expect.stringContaining('person'),
  });
  expect(await made.task(1)).toMatchObject({ state: 'cancelled' });
  const last = (await made.trail(1)).findLast((entry) => entry.type === 'task.cancelled');
  expect(last?.rule).toContain('#ANSWER-HUMAN@');
});
