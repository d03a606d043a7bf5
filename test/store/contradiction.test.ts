import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClientId, LogId } from '../../src/core/id.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { sequence } from '../../src/store/sequence.ts';
import {
  checkAll,
  checkedSizes,
  findLogs,
  keysOf,
  makeLedgerScene,
  newClient,
  signedPath,
} from './ledger-scene.ts';
import type { FoundLog, LedgerScene } from './ledger-scene.ts';

/** Whatever is wrong: nothing is placed, nothing signed, and once it is right again it goes on. */
let scene: LedgerScene;
let client: ClientId;
const scenes: LedgerScene[] = [];
beforeAll(async () => {
  scene = await makeLedgerScene();
  client = newClient();
  await scene.write(client, 5);
  await sequence(scene.deps);
});
afterEach(async () => {
  for (const one of scenes.splice(0)) await one.close();
});
afterAll(() => scene.close());

async function logId(of: LedgerScene = scene): Promise<LogId> {
  const [row] = await of.admin<{ id: LogId }[]>`select id from log where client_id = ${client}`;
  if (row === undefined) throw new Error('no log');
  return row.id;
}

/** Both sides as bytes. */
async function standing(of: LedgerScene) {
  return {
    logs: await of.admin`select * from log order by id`,
    leaves: await of.admin`select * from leaf order by log_id, idx`,
    trees: await of.admin`select * from tree order by log_id`,
    notes: await of.admin`select * from checkpoint order by log_id, size`,
    file: readFileSync(signedPath(of, await logId(of)), 'utf8'),
  };
}

/** Writes something new and sees that it is refused with that sentence and that nothing moves. */
async function refused(of: LedgerScene, code: string, says: RegExp): Promise<void> {
  await of.write(client);
  await of.write(newClient());
  await expect(sequence(of.deps)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(says),
  });
}

async function goesOn(): Promise<void> {
  expect(await sequence(scene.deps)).toBe('done');
  for (const { sizes, bodies } of await checkAll(scene)) expect(sizes.at(-1)).toBe(bodies.length);
}

async function backup(): Promise<LedgerScene> {
  const copy = await makeLedgerScene({ template: scene });
  scenes.push(copy);
  return copy;
}

describe('a database that does not continue what was signed', () => {
  test('an older copy that was restored: refused with both sizes and the two ways out', async () => {
    const old = await backup();
    await scene.write(client, 2);
    await sequence(scene.deps);
    const before = await standing(old);
    await refused(
      old,
      'conflict',
      /^The log aios\/\S+ was signed at [0-9]+ entries with the root [0-9a-f]{8}, and in this database it has [0-9]+: it is older\. Nothing is put into a log and nothing is signed until this is settled; new entries wait and none is lost\. Restore the newer database\. If that is not to be had, begin new epochs, which say so: aios ledger epoch --all --because restored$/,
    );
    expect(await standing(old)).toEqual(before);
    await goesOn();
  });

  test('an older copy from before a log began', async () => {
    const old = await backup();
    await scene.write(newClient());
    await sequence(scene.deps);
    await refused(old, 'conflict', /this database does not have it: it is older\./);
    await goesOn();
  });

  test('one of the same size with another root', async () => {
    const fork = await backup();
    const log = await logId(fork);
    await fork.admin`alter table tree disable trigger user`;
    await fork.admin`update tree set peaks = substring(peaks from 2) || '\\x00' where log_id = ${log}`;
    await refused(
      fork,
      'conflict',
      /now has [0-9]+ with the root [0-9a-f]{8}\. .*--because rewritten$/,
    );
  });

  test('one that grew another way: what was signed is never followed by something else', async () => {
    const fork = await backup();
    await scene.write(client);
    await sequence(scene.deps);
    const log = await logId(fork);
    const file = signedPath(fork, log);
    const theirs = readFileSync(file, 'utf8');
    // The copy grows on a signed state of its own, until it is larger than what was signed.
    const apart = path.join(path.dirname(fork.own), 'apart');
    const alone = { ...fork.deps, folder: apart };
    await fork.write(client, 3);
    await expect(sequence(alone)).rejects.toMatchObject({ code: 'bad_config' });
    await fork.admin`alter table checkpoint disable trigger user`;
    await fork.admin`delete from checkpoint`;
    await sequence(alone);
    await refused(fork, 'conflict', /does not lead to the root it has at [0-9]+/);
    expect(readFileSync(file, 'utf8')).toBe(theirs);
  });

  test('old leaves that were rewritten are not signed anew: what is signed grows from what was signed', async () => {
    const forged = await makeLedgerScene();
    scenes.push(forged);
    await forged.write(client, 5);
    await sequence(forged.deps);
    const id = await logId(forged);
    const [log] = (await checkAll(forged)).filter((one) => one.id === id);
    const body = Buffer.from('forged');
    await forged.admin`alter table entry disable trigger entry_append_only`;
    await forged.admin`update entry set body = ${body} where id = ${log?.entries[1] ?? 0}`;
    await forged.admin`alter table entry enable always trigger entry_append_only`;
    await forged.write(client);
    await sequence(forged.deps);
    await expect(checkAll(forged)).rejects.toThrow(/the checkpoint at 5 of \S+ does not follow/);
    // Signed is the tree with the true entry in it and the new one behind.
    const found = (await findLogs(forged.admin)).find((one) => one.id === id);
    const bodies = (log?.bodies ?? []).concat(found?.bodies.slice(5) ?? []);
    const keys = await keysOf(forged);
    const vkeys = vkeysOf(keys, found?.origin ?? '');
    expect(found?.bodies[1]).toEqual(body);
    expect(checkedSizes({ ...(found as FoundLog), bodies }, vkeys)).toEqual([5, 6]);
  });
});

describe('a signed state that is not there', () => {
  test('missing, damaged or of another log: refused, and put back it goes on', async () => {
    const own = await makeLedgerScene();
    scenes.push(own);
    await own.write(client, 2);
    await sequence(own.deps);
    const file = signedPath(own, await logId(own));
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    await refused(
      own,
      'conflict',
      /which says so, is missing\. .*put the file back .*--because lost$/,
    );
    const spoiled: readonly [string, RegExp][] = [
      ['', /is damaged: /],
      [text.slice(0, 300), /is damaged: /],
      [text.replace('"size": 2', '"size": 3'), /is damaged: /],
      [text.replace('"note": "aios', '"note": "bios'), /is damaged: /],
      [
        text.replaceAll(await logId(own), '00000000-0000-7000-8000-000000000000'),
        /is damaged: it is of/,
      ],
      [text.replace('"epoch": 1', '"epoch": "one"'), /is damaged: it is not whole/],
    ];
    for (const [spoil, says] of spoiled) {
      writeFileSync(file, spoil);
      await refused(own, 'conflict', says);
    }
    writeFileSync(file, text);
    expect(await sequence(own.deps)).toBe('done');
  });
});

describe('a key that cannot be used', () => {
  test('missing although something was signed: no new one is made', async () => {
    const pem = path.join(scene.own, '1.pem');
    renameSync(pem, `${pem}.away`);
    await refused(scene, 'bad_config', /The signing key .*1\.pem is missing, and logs were signed/);
    renameSync(scene.own, `${scene.own}.away`);
    await refused(scene, 'bad_config', /The signing key .*1\.pem is missing, and logs were signed/);
    renameSync(`${scene.own}.away`, scene.own);
    renameSync(`${pem}.away`, pem);
    await goesOn();
  });

  test('readable by others', async () => {
    const pem = path.join(scene.own, '1.pem');
    chmodSync(pem, 0o644);
    await refused(scene, 'bad_config', /must have mode 0600, got 644\. Run: chmod 600/);
    chmodSync(pem, 0o600);
    await goesOn();
  });
});
