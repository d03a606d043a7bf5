import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClientId } from '../../src/core/id.ts';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { growTree } from '../../src/ledger/tree.ts';
import { beginEpochs } from '../../src/store/epoch.ts';
import type { EpochOrder } from '../../src/store/epoch.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { sequence } from '../../src/store/sequence.ts';
import { signedFiles } from '../../src/store/signed.ts';
import {
  checkAll,
  keeperOf,
  keysOf,
  makeLedgerScene,
  newClient,
  signedFile,
  signedPath,
} from './ledger-scene.ts';
import type { FoundLog, LedgerScene } from './ledger-scene.ts';

let scene: LedgerScene;
let acme: ClientId;
let borealis: ClientId;
const scenes: LedgerScene[] = [];
beforeEach(async () => {
  scene = await makeLedgerScene();
  scenes.push(scene);
  [acme, borealis] = [newClient(), newClient()];
  await scene.write(acme, 3);
  await scene.write(borealis, 2);
  await sequence(scene.deps);
});
afterEach(async () => {
  for (const one of scenes.splice(0).toReversed()) await one.close();
});

async function backup(): Promise<LedgerScene> {
  const copy = await makeLedgerScene({ template: scene });
  scenes.push(copy);
  return copy;
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there');
  return value;
}

const begin = (of: LedgerScene, order: Partial<EpochOrder> = {}) =>
  beginEpochs(keeperOf(of), { of: 'all', because: 'restored', ...order });

const logsOf = async (of: LedgerScene, client: ClientId | null) =>
  (await checkAll(of)).filter((log) => log.client === client);

describe('after an older database was restored', () => {
  test('a new epoch quotes what was signed and what was found, and goes on with what survived', async () => {
    const old = await backup();
    const [before] = await logsOf(scene, acme);
    await scene.write(acme, 2);
    await sequence(scene.deps);
    const [newer] = await logsOf(scene, acme);
    await old.write(acme);
    await expect(sequence(old.deps)).rejects.toMatchObject({ code: 'conflict' });

    const [begun, ...others] = await begin(old);
    expect(others).toEqual([]);
    expect(begun).toMatchObject({ client: acme, epoch: 2, found: 3 });
    expect(begun?.before).toMatchObject({ origin: newer?.origin, size: 5 });
    await sequence(old.deps);

    const [closed, open] = await logsOf(old, acme);
    expect(closed).toMatchObject({ closed: true, epoch: 1, sizes: [3] });
    expect(open).toMatchObject({ closed: false, epoch: 2, sizes: [4, 5] });
    expect(open?.origin).toBe(begun?.origin);
    expect(open?.bodies.slice(1, 4)).toEqual(closed?.bodies);
    await quotes(old, { newer, before, open });
  });

  type Quoting = { readonly [log in 'newer' | 'before' | 'open']: FoundLog | undefined };

  /** Leaf 0 says what the newer database was signed at and what was found; behind it the older checkpoint still follows. */
  async function quotes(old: LedgerScene, logs: Quoting): Promise<void> {
    const [newer, before, open] = [there(logs.newer), there(logs.before), there(logs.open)];
    const vkeys = vkeysOf(await keysOf(old), newer.origin);
    const signed = openCheckpoint(there(newer.notes.at(-1)), vkeys);
    const found = openCheckpoint(there(before.notes.at(-1)), vkeys);
    expect(readEntry(there(open.bodies[0]))).toMatchObject({
      type: 'log.restored',
      client: acme,
      actor: { kind: 'system', id: 'sequencer' },
      data: {
        because: 'restored',
        epoch: 2,
        origin: newer.origin,
        signed_size: 5,
        signed_root: signed.root.toString('hex'),
        found_size: 3,
        found_root: found.root.toString('hex'),
      },
    });
    const tree = growTree();
    for (const body of open.bodies.slice(1, 4)) tree.append(leafHash(body));
    expect(tree.root()).toEqual(found.root);
  }

  test('what goes on is in the same order, and the newer database is refused from then on', async () => {
    const old = await backup();
    await scene.write(acme);
    await sequence(scene.deps);
    await begin(old);
    await sequence(old.deps);
    await old.write(acme, 2);
    await sequence(old.deps);
    expect((await logsOf(old, acme)).at(-1)?.sizes).toEqual([4, 6]);
    await scene.write(acme);
    await expect(sequence(scene.deps)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a log that began after the backup is ended as well, with nothing found', async () => {
    const old = await backup();
    const late = newClient();
    await scene.write(late, 4);
    await sequence(scene.deps);
    const [begun] = await begin(old);
    expect(begun).toMatchObject({ client: late, epoch: 2, found: 0, before: { size: 4 } });
    await old.write(late);
    await sequence(old.deps);
    const [closed, open] = await logsOf(old, late);
    expect(closed).toMatchObject({ closed: true, bodies: [], sizes: [] });
    expect(open).toMatchObject({ epoch: 2, sizes: [1, 2] });
  });

  test('restored once more, to before that epoch, a third one follows', async () => {
    const old = await backup();
    await scene.write(acme);
    await sequence(scene.deps);
    await begin(old);
    await sequence(old.deps);
    const older = await backup();
    await expect(sequence(older.deps)).rejects.toMatchObject({ code: 'conflict' });
    const begun = await begin(older);
    expect(begun).toMatchObject([{ client: acme, epoch: 3, before: { size: 4 } }]);
    await sequence(older.deps);
    const logs = await logsOf(older, acme);
    expect(logs.map(({ epoch, closed }) => [epoch, closed])).toEqual(
      expect.arrayContaining([
        [1, true],
        [2, true],
        [3, false],
      ]),
    );
    await older.write(acme);
    expect(await sequence(older.deps)).toBe('done');
  });

  test('one client alone, by its id; the others stay refused until they are settled too', async () => {
    const old = await backup();
    await scene.write(acme);
    await scene.write(borealis);
    await scene.write(null);
    await sequence(scene.deps);
    expect(await begin(old, { of: acme })).toMatchObject([{ client: acme }]);
    await expect(sequence(old.deps)).rejects.toMatchObject({ code: 'conflict' });
    expect(await begin(old, { of: 'practice' })).toMatchObject([{ client: null }]);
    await expect(sequence(old.deps)).rejects.toMatchObject({ code: 'conflict' });
    expect(await begin(old)).toMatchObject([{ client: borealis }]);
    expect(await sequence(old.deps)).toBe('done');
  });
});

describe('refused', () => {
  test('where nothing is wrong', async () => {
    await expect(begin(scene)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/^Nothing is wrong there/),
    });
    expect(await logsOf(scene, acme)).toHaveLength(1);
  });

  test('when something else has happened than was said', async () => {
    const old = await backup();
    await scene.write(acme);
    await sequence(scene.deps);
    await expect(begin(old, { because: 'lost' })).rejects.toThrow(
      /^Expected --because restored, for that is what was found, got --because lost\./,
    );
    await expect(begin(old, { of: borealis })).rejects.toThrow(/^Nothing is wrong there/);
  });
});

describe('after what was signed was rewritten', () => {
  test('one that sizes and roots do not show is found by looking at every leaf', async () => {
    const [log] = await logsOf(scene, acme);
    await scene.admin`alter table entry disable trigger entry_append_only`;
    await scene.admin`update entry set body = 'forged' where id = ${log?.entries[0] ?? 0}`;
    expect(await begin(scene, { because: 'rewritten' })).toMatchObject([
      { client: acme, epoch: 2, before: { size: 3 }, found: 3 },
    ]);
    await sequence(scene.deps);
    expect(signedFile(scene, log?.id as never)['next']).not.toBeNull();
  });
});

describe('after what was signed was lost', () => {
  test('a signed state: the database is quoted in its place', async () => {
    const [log] = await logsOf(scene, acme);
    rmSync(signedPath(scene, log?.id as never));
    expect(await begin(scene, { because: 'lost' })).toMatchObject([
      { client: acme, epoch: 2, before: { origin: log?.origin, size: 3 }, found: 3 },
    ]);
    await sequence(scene.deps);
    expect((await logsOf(scene, acme)).at(-1)?.sizes).toEqual([4]);
  });

  test('a damaged one', async () => {
    const [log] = await logsOf(scene, acme);
    writeFileSync(signedPath(scene, log?.id as never), 'gone');
    expect(await begin(scene, { because: 'lost' })).toHaveLength(1);
    await scene.write(acme);
    expect(await sequence(scene.deps)).toBe('done');
  });

  test.each(['1.pem', '.'])('the key (%s): every log begins anew under a new one', async (what) => {
    const gone = path.join(scene.own, what);
    renameSync(gone, `${path.join(scene.folder, 'gone')}`);
    await scene.write(acme);
    await expect(sequence(scene.deps)).rejects.toMatchObject({ code: 'bad_config' });
    const begun = await begin(scene, { because: 'lost' });
    expect(new Set(begun.map(({ client }) => client))).toEqual(new Set([null, acme, borealis]));
    expect(await sequence(scene.deps)).toBe('done');
    const made = readdirSync(scene.own).filter((name) => name.endsWith('.pem'));
    expect(made).toEqual([what === '.' ? '1.pem' : '2.pem']);
    const open = (await findOpen(scene)).map(({ client, sizes }) => [client, sizes] as const);
    expect(new Map(open).get(acme)).toEqual([4, 5]);
    await expect(begin(scene, { because: 'lost' })).rejects.toThrow(/Nothing is wrong/);
  });

  /** Closed logs were signed with a key that may be gone with its public part. */
  async function findOpen(of: LedgerScene) {
    await of.admin`alter table checkpoint disable trigger user`;
    await of.admin`delete from checkpoint where log_id in (select id from log where closed_at is not null)`;
    return (await checkAll(of)).filter(({ closed }) => !closed);
  }
});

describe('a crash', () => {
  test('after the file says which log follows and before that is there: nothing has happened', async () => {
    const old = await backup();
    await scene.write(acme);
    await sequence(scene.deps);
    const [log] = await logsOf(scene, acme);
    const files = signedFiles(path.join(old.own, 'signed'));
    const keys = await keysOf(old);
    const file = (await files.read((origin) => vkeysOf(keys, origin))).get(log?.id as never);
    if (file?.is !== 'sound') throw new Error('not sound');
    await files.write({ ...file.signed, next: newClient() as never }, file);
    await expect(sequence(old.deps)).rejects.toMatchObject({ code: 'conflict' });
    // The newer database goes on, should that be restored after all.
    await scene.write(acme);
    expect(await sequence(scene.deps)).toBe('done');
    expect(JSON.parse(readFileSync(file.path, 'utf8'))).toMatchObject({ size: 5, next: null });
    expect(await begin(old)).toHaveLength(1);
  });

  test('after the new log is there and before it is signed: the next round signs it', async () => {
    const old = await backup();
    await scene.write(acme);
    await sequence(scene.deps);
    const [begun] = await begin(old);
    expect((await logsOf(old, acme)).at(-1)?.sizes).toEqual([]);
    expect(await sequence(old.deps)).toBe('done');
    expect((await logsOf(old, acme)).at(-1)).toMatchObject({ origin: begun?.origin, sizes: [4] });
  });
});
