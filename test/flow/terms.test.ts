import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eraseClient } from '../../src/flow/erase/client.ts';
import { termsOf } from '../../src/flow/terms.ts';
import { newClient } from '../helpers/texts.ts';
import { makeTestWorld, OWNER } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(async () => t.close());

async function clientRow(slug: string) {
  const found = (await t.world.store.clients()).find((client) => client.slug === slug);
  if (found === undefined) throw new Error(`there is no client ${slug}`);
  return found;
}

test('terms come back as they were listed, and a list that was changed is erased at once', async () => {
  await newClient(t, 'borealis');
  expect(await termsOf(t.world, await clientRow('borealis'))).toEqual([]);
  await t.say(OWNER, 'client set borealis term add "Nora Nord"');
  const first = await clientRow('borealis');
  await t.say(OWNER, 'client set borealis term add Polarlicht');
  const second = await clientRow('borealis');
  expect(await termsOf(t.world, second)).toEqual(['Nora Nord', 'Polarlicht']);
  await expect(termsOf(t.world, first)).rejects.toMatchObject({ code: 'erased' });
});

test('terms are erased with their client, and nothing is taken for an empty list then', async () => {
  await newClient(t, 'corvus');
  await t.say(OWNER, 'client set corvus term add "Karl Krähe"');
  const row = await clientRow('corvus');
  const owner = (await t.world.store.people()).find((one) => one.role === 'owner');
  if (owner === undefined) throw new Error('an owner is expected');
  const actor = { kind: 'person', id: owner.id } as const;
  await eraseClient(t.world, row, { ground: 'contract', by: owner.id, actor });
  await expect(termsOf(t.world, row)).rejects.toMatchObject({ code: 'erased' });
  const said = await t.say(OWNER, 'client set corvus term list');
  expect(said.ok).toBe(false);
});
