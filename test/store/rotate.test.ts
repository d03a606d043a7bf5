import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClientId } from '../../src/core/id.ts';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { makeLogKey, readLogKeys, vkeysOf } from '../../src/store/log-keys.ts';
import { retireKey, rotateKey } from '../../src/store/rotate.ts';
import { sequence } from '../../src/store/sequence.ts';
import {
  checkAll,
  keeperOf,
  keysOf,
  makeLedgerScene,
  newClient,
  signedFile,
} from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';

let scene: LedgerScene;
let acme: ClientId;
beforeAll(async () => {
  scene = await makeLedgerScene();
  acme = newClient();
});
afterAll(() => scene.close());

/** Which generations signed each checkpoint of a log, oldest checkpoint first. */
async function signatures(client: ClientId | null): Promise<readonly (readonly number[])[]> {
  const log = (await checkAll(scene)).find((one) => one.client === client);
  const vkeys = vkeysOf(await keysOf(scene), log?.origin ?? '');
  return (log?.notes ?? []).map((note) => {
    const { signedBy } = openCheckpoint(note, vkeys);
    return vkeys.flatMap((vkey, at) => (signedBy.includes(vkey) ? [at + 1] : []));
  });
}

const typesIn = async (client: ClientId | null): Promise<readonly string[]> => {
  const log = (await checkAll(scene)).find((one) => one.client === client);
  return (log?.bodies ?? []).map((body) => readEntry(body).type);
};

test('there is nothing to rotate before something was signed, and nothing to retire before a rotation', async () => {
  await expect(rotateKey(keeperOf(scene))).rejects.toThrow(/^There is no key to rotate/);
  await scene.write(acme);
  await sequence(scene.deps);
  await expect(retireKey(keeperOf(scene))).rejects.toThrow(/^Only one key signs/);
});

test('a rotation is written into every log, and from then on both keys sign', async () => {
  const { before, after, logs } = await rotateKey(keeperOf(scene));
  expect([before.generation, after.generation, logs]).toEqual([1, 2, 2]);
  expect(await signatures(acme)).toEqual([[1], [1, 2]]);
  expect(await signatures(null)).toEqual([[1], [1, 2]]);
  expect(await typesIn(acme)).toEqual(['client.set', 'key.rotated']);
  const log = (await checkAll(scene)).find((one) => one.client === acme);
  expect(readEntry(log?.bodies[1] ?? Buffer.alloc(0))).toMatchObject({
    client: acme,
    data: { before_sha256: before.sha256, after_sha256: after.sha256 },
  });
  expect(signedFile(scene, log?.id as never)['vkeys']).toEqual(
    vkeysOf(await keysOf(scene), log?.origin ?? ''),
  );
  await scene.write(acme);
  await sequence(scene.deps);
  expect((await signatures(acme)).at(-1)).toEqual([1, 2]);
  await expect(rotateKey(keeperOf(scene))).rejects.toThrow(/^Two keys sign already/);
});

test('a retired key signs a last time that it ends, and then no more', async () => {
  const { before } = await retireKey(keeperOf(scene));
  expect(before.generation).toBe(1);
  expect((await typesIn(acme)).at(-1)).toBe('key.retired');
  expect((await signatures(acme)).at(-1)).toEqual([1, 2]);
  await scene.write(acme);
  await sequence(scene.deps);
  expect((await signatures(acme)).at(-1)).toEqual([2]);
  expect(readdirSync(scene.own).toSorted()).toEqual(['1.pub', '2.pem', '2.pub', 'signed']);
  expect((await keysOf(scene)).map(({ state }) => state)).toEqual(['retired', 'signs']);
});

test('a rotation that died after its key was made is finished by the next, in every log once', async () => {
  await makeLogKey({ folder: scene.own, practice: scene.practice }, 3);
  await scene.write(newClient());
  await sequence(scene.deps);
  expect((await signatures(acme)).at(-1)).toEqual([2]);
  const { after, logs } = await rotateKey(keeperOf(scene));
  expect([after.generation, logs]).toEqual([3, 3]);
  expect((await typesIn(acme)).filter((type) => type === 'key.rotated')).toHaveLength(2);
  expect((await signatures(acme)).at(-1)).toEqual([2, 3]);
});

test('a database that contradicts what was signed is not rotated', async () => {
  const old = await makeLedgerScene({ template: scene });
  await scene.write(acme);
  await sequence(scene.deps);
  await expect(rotateKey(keeperOf(old))).rejects.toMatchObject({ code: 'conflict' });
  await expect(retireKey(keeperOf(old))).rejects.toMatchObject({ code: 'conflict' });
  await old.close();
  expect(await readLogKeys({ folder: scene.own, practice: scene.practice })).toHaveLength(3);
});
