import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClientId } from '../../src/core/id.ts';
import { openAct } from '../../src/flow/act.ts';
import type { BodyRow } from '../../src/flow/ports/rows.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { ownerOf } from '../../src/store/key-name.ts';
import { openKeys } from '../../src/store/keys.ts';
import { rotateKeys } from '../../src/store/rotate-keys.ts';
import type { RotateDeps } from '../../src/store/rotate-keys.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { entryBytes, keep, newClient, openWith, textOf } from '../helpers/texts.ts';
import { until } from '../helpers/until.ts';
import { makeTestWorld } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(() => t.close());

const actor = { kind: 'system', id: 'test' } as const;
const turn = (client: ClientId | null, deps: RotateDeps = t.rotating) =>
  rotateKeys(deps, { client, actor });
const filesOf = (client: ClientId): readonly string[] =>
  readdirSync(t.keysAt).filter((name) => name.startsWith(ownerOf(client)));
let made = 0;
const someClient = () => newClient(t, `c${(made += 1)}`);

test('what is left is wrapped under the next generation, the old one is destroyed, and one entry says so', async () => {
  const client = await someClient();
  const texts = ['one', 'two', ''].map((text) => keep(t, { client }, text));
  const before = await Promise.all(texts);
  const entries = await entryBytes(t);
  expect(filesOf(client)).toEqual([`client-${client}.1.key`]);

  expect(await turn(client)).toEqual({ generation: 2, rewrapped: 3, destroyed: [1] });

  expect(filesOf(client)).toEqual([`client-${client}.2.key`]);
  for (const [at, text] of ['one', 'two', ''].entries())
    expect(await textOf(t, before[at]?.id as BodyRow['id'])).toBe(text);
  expect(before.map((row) => openWith(t.keysAt, row))).toEqual([null, null, null]);
  const after = await entryBytes(t);
  for (const [id, bytes] of entries) expect(after.get(id)).toBe(bytes);
  const added = [...after].slice(entries.size).map(([, hex]) => readEntry(Buffer.from(hex, 'hex')));
  expect(added).toMatchObject([
    { type: 'keys.rotated', client, data: { scope: 'client', generation: 2, rewrapped: 3 } },
  ]);
  expect((await keep(t, { client }, 'new')).keyName).toBe(`client-${client}.2`);
});

test('the practice has a key of its own to turn, and turning it leaves those of clients alone', async () => {
  const client = await someClient();
  const [ours, theirs] = [await keep(t, {}, 'ours'), await keep(t, { client }, 'theirs')];
  const turned = await turn(null);
  expect(turned.rewrapped).toBeGreaterThan(0);
  expect(openWith(t.keysAt, ours)).toBeNull();
  expect(openWith(t.keysAt, theirs)).toBe('theirs');
  expect([await textOf(t, ours.id), await textOf(t, theirs.id)]).toEqual(['ours', 'theirs']);
});

test('a key from before there were numbers is turned like any other', async () => {
  const client = await someClient();
  await t.rotating.keys.rotate(ownerOf(client), 0);
  const row = await keep(t, { client }, 'old');
  expect(row.keyName).toBe(ownerOf(client));
  expect(await turn(client)).toEqual({ generation: 1, rewrapped: 1, destroyed: [0] });
  expect(await textOf(t, row.id)).toBe('old');
});

test('what was erased is neither wrapped nor opened again', async () => {
  const client = await someClient();
  const [kept, gone] = [await keep(t, { client }, 'kept'), await keep(t, { client }, 'gone')];
  await t.rotating
    .sql`update body set wrapped_key = null, sealed = null, erased_at = now() where id = ${gone.id}`;
  // An old copy of the row, with the keys as they are: still open.
  expect(openWith(t.keysAt, gone)).toBe('gone');
  expect(await turn(client)).toMatchObject({ rewrapped: 1 });
  expect(openWith(t.keysAt, gone)).toBeNull();
  expect(await textOf(t, kept.id)).toBe('kept');
  const [row] = await t.sql`select key_name, wrapped_key from body where id = ${gone.id}`;
  expect(row).toMatchObject({ keyName: gone.keyName, wrappedKey: null });
});

test('a missing key is named, and so is a text its key does not open; nothing is destroyed for them', async () => {
  const client = await someClient();
  const row = await keep(t, { client }, 'words');
  const file = path.join(t.keysAt, `${row.keyName}.key`);
  await t.rotating.keys.rotate(ownerOf(client), 2);
  rmSync(file);
  await expect(turn(client)).rejects.toMatchObject({
    code: 'bad_config',
    message: `The key ${row.keyName} is missing in AIOS_KEYS, and texts lie under it. Nothing was destroyed. Restore it from your backup, then turn the key again.`,
  });
  await t.rotating.keys.rotate(ownerOf(client), 1);
  const keys = await openKeys(t.keysAt);
  await expect(turn(client, { ...t.rotating, keys })).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringContaining(`does not open the text ${row.id}, so it was not turned`),
  });
  expect(filesOf(client).length).toBeGreaterThan(1);
});

test('the database takes nothing under a retired key, under the key of another, or under none at all', async () => {
  const client = await someClient();
  const other = await someClient();
  const about = { client, request: null, task: null };
  const { row } = await t.world.bodies.put('file', about, 'wrapped before the turn');
  await turn(client);
  const insert = (change: Partial<BodyRow>) =>
    t.world.store.commit({
      entries: [],
      changes: [{ insert: 'body', row: { ...row, ...change } }],
      cards: [],
      jobs: [],
      at: t.world.clock.now(),
    });
  await expect(insert({})).rejects.toMatchObject({ code: 'conflict', retry: true });
  for (const keyName of [`client-${other}.2`, 'practice.9', `client-${client}.x`, 'none'])
    await expect(insert({ keyName })).rejects.toThrow(/cannot lie under the key/);
  await expect(insert({ keyName: `client-${client}.2` })).resolves.toBe('done');
});

test('a generation cannot be retired while a text lies under it, nor called back', async () => {
  const client = await someClient();
  const row = await keep(t, { client }, 'words');
  const owner = ownerOf(client);
  const ring = (oldest: number) =>
    t.rotating.sql.begin(async (tx) => {
      const [entry] = await tx<{ id: string }[]>`
        insert into entry (entry_id, type, at, actor_kind, actor_id, body)
        values (gen_random_uuid(), 'keys.rotated', now(), 'system', 'test', 'x') returning entry_id as id`;
      await tx`insert into keyring values (${owner}, ${oldest}, null, ${entry?.id ?? ''})
        on conflict (owner) do update set oldest = excluded.oldest, last_entry = excluded.last_entry`;
    });
  await expect(ring(2)).rejects.toThrow(`texts lie under retired keys of ${owner} still`);
  await turn(client);
  await expect(ring(1)).rejects.toThrow('only turns on');
  await expect(
    t.rotating.sql`update keyring set oldest = oldest where owner = ${owner}`,
  ).rejects.toThrow('a change of keyring needs a new entry in the same transaction');
  await expect(t.rotating.sql`delete from keyring`).rejects.toThrow('permission denied');
  await expect(t.sql`update keyring set oldest = 9`).rejects.toThrow('permission denied');
  expect(await textOf(t, row.id)).toBe('words');
});

test('while texts are written and read, the key is turned again and again: none is lost, and none is told to wait', async () => {
  const client = await someClient();
  const about = { client, request: null, task: null };
  const kept = new Map<BodyRow['id'], string>();
  let [running, turns, late] = [true, 0, 0];
  /** Wraps a text and writes it, at once or when the key has been turned meanwhile. */
  const write = async (name: string, waits: boolean): Promise<void> => {
    for (let n = 0; running; n += 1) {
      const before = turns;
      const { row } = await t.world.bodies.put('file', about, `${name} ${n}`);
      while (waits && running && turns === before) await t.sql`select 1`;
      const act = openAct(t.world.clock);
      act.change({ insert: 'body', row });
      expect(await t.world.store.commit(act.close())).toBe('done');
      kept.set(row.id, `${name} ${n}`);
      if (waits && turns > before) late += 1;
    }
  };
  const read = async (): Promise<void> => {
    for (let n = 0; running; n += 1) {
      const [id, text] = [...kept][n % Math.max(1, kept.size)] ?? [];
      if (id !== undefined) expect(await textOf(t, id)).toBe(text);
      else await new Promise((next) => setImmediate(next));
    }
  };
  const busy = [write('quick', false), write('slow', true), write('slower', true), read()];
  try {
    await until('texts are there', () => kept.size > 20);
    for (; turns < 8; turns += 1) await turn(client);
  } finally {
    running = false;
  }
  await Promise.all(busy);
  for (const [id, text] of kept) expect(await textOf(t, id)).toBe(text);
  expect(filesOf(client)).toEqual([`client-${client}.9.key`]);
  expect(late).toBeGreaterThan(5);
}, 60_000);

/** Fails at the given call of a key, before or after it was carried out. */
function failing(at: number, when: 'before' | 'after'): RotateDeps {
  const { keys } = t.rotating;
  let calls = 0;
  const counted =
    <A extends readonly unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const mine = (calls += 1);
      if (mine === at && when === 'before') throw new Error('struck');
      const done = await act(...args);
      if (mine === at) throw new Error('struck');
      return done;
    };
  return {
    ...t.rotating,
    keys: {
      ...keys,
      get: counted(keys.get.bind(keys)),
      rotate: counted(keys.rotate.bind(keys)),
      destroy: counted(keys.destroy.bind(keys)),
      generations: counted(keys.generations.bind(keys)),
    },
  };
}

test.each(['before', 'after'] as const)(
  'struck %s any of its steps it leaves every text open, and turning again finishes it',
  async (when) => {
    const client = await someClient();
    const texts = ['a', 'b', 'c'];
    const rows = await Promise.all(texts.map((text) => keep(t, { client }, text)));
    const newest = async () => (await t.rotating.keys.generations(ownerOf(client))).at(-1);
    let strikes = 0;
    for (let at = 1; ; at += 1) {
      const struck = await turn(client, failing(at, when)).then(
        () => false,
        (thrown: Error) => thrown.message === 'struck',
      );
      for (const [n, row] of rows.entries()) expect(await textOf(t, row.id)).toBe(texts[n]);
      if (!struck) break;
      strikes += 1;
      await turn(client);
      expect(filesOf(client)).toEqual([`client-${client}.${await newest()}.key`]);
    }
    expect(strikes).toBeGreaterThanOrEqual(10);
    expect(filesOf(client)).toHaveLength(1);
  },
  60_000,
);

test('killed at any moment it leaves every text open, and turning again finishes it', async () => {
  const client = await someClient();
  const texts = new Map<BodyRow['id'], string>();
  for (let n = 0; n < 300; n += 1)
    texts.set((await keep(t, { client }, `text ${n}`)).id, `text ${n}`);
  const url = new URL(t.adminUrl);
  url.username = 'aios_eraser';
  url.password = rolePasswords().eraser;
  const args = ['--import', path.resolve('test/helpers/ts.mjs'), 'test/store/turner.ts'];
  let kills = 0;
  for (let delay = 0; delay < 10; delay += 1) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      ERASER: url.href,
      KEYS: t.keysAt,
      CLIENT: client,
    };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    const from = performance.now();
    await until(
      'its moment has come',
      () => performance.now() - from >= delay * 11 || child.exitCode !== null,
    );
    child.kill('SIGKILL');
    const [, signal] = (await ended) as [number | null, string | null];
    if (signal === 'SIGKILL') kills += 1;
    for (const [id, text] of texts) expect(await textOf(t, id)).toBe(text);
  }
  expect(kills).toBe(10);
  const { generation } = await turn(client);
  expect(filesOf(client)).toEqual([`client-${client}.${generation}.key`]);
  for (const [id, text] of texts) expect(await textOf(t, id)).toBe(text);
}, 120_000);

test('key files stay closed to others', () => {
  for (const name of readdirSync(t.keysAt))
    expect(statSync(path.join(t.keysAt, name)).mode & 0o077).toBe(0);
});
