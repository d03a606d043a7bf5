import { statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isDue, sequence } from '../../src/store/sequence.ts';
import { checkAll, makeLedgerScene, newClient, signedFile, signedPath } from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await makeLedgerScene();
});
afterAll(() => scene.close());

test('nothing is done, and no key made, before the practice is founded', async () => {
  const bare = await makeLedgerScene();
  await bare.admin`alter table practice disable trigger user`;
  await bare.admin`delete from practice`;
  expect(await sequence(bare.deps)).toBe('done');
  expect(await checkAll(bare)).toEqual([]);
  await bare.close();
});

test('each client gets a log, the practice one of its own; each is signed and filed', async () => {
  const [acme, borealis] = [newClient(), newClient()];
  await scene.write(acme, 3);
  await scene.write(borealis, 2);
  expect(await isDue(scene.deps.sql)).toBe(true);
  expect(await sequence(scene.deps)).toBe('done');
  expect(await isDue(scene.deps.sql)).toBe(false);
  const logs = await checkAll(scene);
  const sizes = new Map(logs.map((log) => [log.client, log.sizes]));
  expect(sizes).toEqual(
    new Map([
      [null, [1]],
      [acme, [3]],
      [borealis, [2]],
    ]),
  );
  for (const log of logs) {
    expect(log.origin).toBe(`aios/${scene.practice}/log/${log.id}`);
    const file = signedFile(scene, log.id);
    expect(file).toMatchObject({ origin: log.origin, client: log.client, epoch: 1, next: null });
    expect(file['note']).toBe(log.notes.at(-1));
    expect(statSync(signedPath(scene, log.id)).mode & 0o777).toBe(0o600);
  }
  await scene.write(acme, 2);
  await sequence(scene.deps);
  expect((await checkAll(scene)).find((log) => log.client === acme)?.sizes).toEqual([3, 5]);
});

test('a round with nothing to do writes nothing', async () => {
  const before = await checkAll(scene);
  expect(await sequence(scene.deps)).toBe('done');
  expect(await checkAll(scene)).toEqual(before);
});
