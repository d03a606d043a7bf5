import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClientId, LogId } from '../../src/core/id.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { isDue, sequence } from '../../src/store/sequence.ts';
import { signedFiles } from '../../src/store/signed.ts';
import { checkAll, keysOf, makeLedgerScene, newClient, signedPath } from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';

let scene: LedgerScene;
let acme: ClientId;
let log: LogId;
beforeEach(async () => {
  scene = await makeLedgerScene();
  acme = newClient();
  await scene.write(acme, 2);
  await sequence(scene.deps);
  const found = (await checkAll(scene)).find((one) => one.client === acme);
  log = found?.id as LogId;
});
afterEach(() => scene.close());

const sizes = async () => (await checkAll(scene)).find((one) => one.client === acme)?.sizes;

describe('a full disk', () => {
  test('while the signed state is written: placed, not signed, and signed once when there is room', async () => {
    const file = signedPath(scene, log);
    const before = readFileSync(file, 'utf8');
    symlinkSync('/dev/full', `${file}.new`);
    await scene.write(acme, 3);
    await expect(sequence(scene.deps)).rejects.toMatchObject({ code: 'unavailable', retry: true });
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(await sizes()).toEqual([2]);
    expect(await isDue(scene.deps.sql)).toBe(true);
    await scene.write(acme);
    await expect(sequence(scene.deps)).rejects.toMatchObject({ code: 'unavailable' });
    rmSync(`${file}.new`);
    expect(await sequence(scene.deps)).toBe('done');
    expect(await sizes()).toEqual([2, 5, 6]);
  });

  test.each(['leaf', 'tree'])(
    'of Postgres, while it writes %s: nothing is placed, nothing is lost',
    async (table) => {
      await fill(table);
      await scene.write(acme, 3);
      await expect(sequence(scene.deps)).rejects.toMatchObject({ code: '53100' });
      expect(await sizes()).toEqual([2]);
      const [left] = await scene.admin`select count(*)::int as n from ledger_pending`;
      expect(left).toEqual({ n: 3 });
      await clear(table);
      expect(await sequence(scene.deps)).toBe('done');
      expect(await sizes()).toEqual([2, 5]);
    },
  );

  test('of Postgres, while it writes the checkpoint: the same signature is noted when there is room', async () => {
    await fill('checkpoint');
    await scene.write(acme, 3);
    await expect(sequence(scene.deps)).rejects.toMatchObject({ code: '53100' });
    const { note } = JSON.parse(readFileSync(signedPath(scene, log), 'utf8')) as { note: string };
    expect(await sizes()).toEqual([2]);
    await clear('checkpoint');
    expect(await isDue(scene.deps.sql)).toBe(true);
    expect(await sequence(scene.deps)).toBe('done');
    const found = (await checkAll(scene)).find((one) => one.client === acme);
    expect(found?.sizes).toEqual([2, 5]);
    expect(found?.notes.at(-1)).toBe(note);
  });

  /** From now on that table takes no more rows, as on a full disk. */
  async function fill(table: string): Promise<void> {
    await scene.admin.unsafe(`
      create function is_full() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
      create trigger full_disk before insert on ${table} for each statement execute function is_full();`);
  }

  async function clear(table: string): Promise<void> {
    await scene.admin.unsafe(`drop trigger full_disk on ${table}; drop function is_full();`);
  }
});

test('a signed state that another process wrote meanwhile is not put back', async () => {
  const keys = await keysOf(scene);
  const files = signedFiles(`${scene.own}/signed`);
  const before = (await files.read((origin) => vkeysOf(keys, origin))).get(log);
  if (before?.is !== 'sound') throw new Error('not sound');
  await scene.write(acme);
  await sequence(scene.deps);
  const now = readFileSync(signedPath(scene, log), 'utf8');
  await expect(files.write(before.signed, before)).rejects.toMatchObject({
    code: 'conflict',
    retry: true,
  });
  expect(readFileSync(signedPath(scene, log), 'utf8')).toBe(now);
});
