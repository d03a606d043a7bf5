import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeShop } from '../../helpers/turns.ts';
import type { Shop } from '../../helpers/turns.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(async () => shop.close());

describe('demands that exclude each other', () => {
  const BOTH = 'kind: draft.blog, write a neutral post on bees with a clear recommendation';

  test('are asked about, and a button ends it', async () => {
    const made = await shop.plan(BOTH);
    expect((await made.open())?.about).toBe('demands');
    expect((await made.task(1)).trace.winner).toContain('#LIMIT-012@');
    expect(await made.answer('demands', 'as_written')).toMatchObject({ is: 'done' });
    expect(await made.open()).toBeUndefined();
    const { state, trace } = await made.task(1);
    expect([state, trace.facts.opposed]).toEqual(['proposed', { value: 'waived', from: 'person' }]);
    // Nor does a later change ask again.
    expect(await made.change(1, { kind: 'draft.message' })).toMatchObject({ is: 'done' });
    expect(await made.open()).toBeUndefined();
  });

  test('are answered by words as well, which the work gets', async () => {
    const made = await shop.plan(BOTH);
    await made.reply('neutral, the recommendation can go');
    expect(await made.open()).toBeUndefined();
    expect((await made.task(1)).state).toBe('proposed');
  });
});

describe('a file that is spoken of and not there', () => {
  const PROMISED = 'write a blog post on bees, about 800 words. Tom will forward the figures';

  test('is not asked for again once somebody said to go on without it', async () => {
    const made = await shop.plan(PROMISED);
    expect((await made.open())?.about).toBe('files');
    await made.reply('go on without, he is on leave');
    expect(await made.open()).toBeUndefined();
    const { state, trace } = await made.task(1);
    expect([state, trace.facts.promised]).toEqual([
      'proposed',
      { value: 'waived', from: 'person' },
    ]);
  });

  test('is asked for again when the answer promises it once more', async () => {
    const made = await shop.plan(PROMISED);
    await made.reply('sorry, it is attached now');
    expect((await made.open())?.about).toBe('files');
  });
});
