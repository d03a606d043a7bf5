import { cpSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Fault } from '../../src/core/fault.ts';
import type { BodyId } from '../../src/core/id.ts';
import { openAct } from '../../src/flow/act.ts';
import type { Act } from '../../src/flow/ports/store.ts';
import { CLOCK } from '../../src/main/clock.ts';
import { makeBodies } from '../../src/store/bodies.ts';
import { openKeys } from '../../src/store/keys.ts';
import { rotateKeys } from '../../src/store/rotate-keys.ts';
import { throughTurns } from '../../src/store/through-turns.ts';
import { keep, newClient, textOf } from '../helpers/texts.ts';
import { makeTestWorld } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(() => t.close());

const actor = { kind: 'system', id: 'test' } as const;

test('what was put and what was given before the key was turned is written all the same', async () => {
  const client = await newClient(t, 'acme');
  const heard = await keep(t, {}, 'heard');
  await keep(t, { client }, 'makes the key');
  const about = { client, request: null, task: null };
  const { row } = await t.world.bodies.put('file', about, 'put');
  const give = await t.world.bodies.give(heard.id, client);
  if (give === null) throw new Error('nothing was given');
  for (let turns = 0; turns < 3; turns += 1) await rotateKeys(t.rotating, { client, actor });
  const act = openAct(t.world.clock);
  act.change({ insert: 'body', row }, give);
  expect(await t.world.store.commit(act.close())).toBe('done');
  expect([await textOf(t, row.id), await textOf(t, heard.id)]).toEqual(['put', 'heard']);
  const names = await t.sql`select key_name from body where id in (${row.id}, ${heard.id})`;
  expect(names.map((body) => body['keyName'])).toEqual([
    `client-${client}.4`,
    `client-${client}.4`,
  ]);
});

test('where the folder of keys is not the one they are turned in, nothing is written and it is said', async () => {
  const client = await newClient(t, 'other');
  await keep(t, { client }, 'makes the key');
  const elsewhere = `${t.keysAt}-elsewhere`;
  cpSync(t.keysAt, elsewhere, { recursive: true });
  await rotateKeys(t.rotating, { client, actor });
  const keys = await openKeys(elsewhere);
  const { store } = t.world;
  const bodies = makeBodies({ store, keys, newId: () => CLOCK.newId<BodyId>() });
  const about = { client, request: null, task: null };
  const act = openAct(t.world.clock);
  act.change({ insert: 'body', row: (await bodies.put('file', about, 'words')).row });
  await expect(throughTurns(store, bodies).commit(act.close())).rejects.toMatchObject({
    code: 'conflict',
    retry: true,
    message: expect.stringContaining(
      'AIOS_KEYS here is not the folder in which the key was turned',
    ),
  });
});

test('any other fault passes, and is met once', async () => {
  const act: Act = { entries: [], changes: [], cards: [], jobs: [], at: t.world.clock.now() };
  let tries = 0;
  const failing = {
    ...t.world.store,
    commit: () => {
      tries += 1;
      return Promise.reject(new Fault('database_gone', 'Gone.', { retry: true }));
    },
  };
  const anew = (same: Act) => Promise.resolve(same);
  await expect(throughTurns(failing, { anew }).commit(act)).rejects.toThrow('Gone.');
  expect(tries).toBe(1);
});
