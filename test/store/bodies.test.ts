import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { BodyId, ClientId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import type { BodyRow } from '../../src/flow/ports/rows.ts';
import { makeBodies } from '../../src/store/bodies.ts';
import { openKeys } from '../../src/store/keys.ts';

const top = mkdtempSync(path.join(os.tmpdir(), 'aios-bodies-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const ACME = randomUUID() as string as ClientId;

/** Bodies over rows in memory and keys in a folder. */
async function site(folder = randomUUID()) {
  const rows = new Map<string, BodyRow>();
  const keys = await openKeys(path.join(top, folder));
  const bodies = makeBodies({
    store: { body: async (id) => rows.get(id) ?? null },
    keys,
    newId: () => randomUUID() as string as BodyId,
  });
  const put = async (content: string | Uint8Array, client: ClientId | null = ACME) => {
    const about = { client, request: null, task: null };
    const { ref, row } = await bodies.put('file', about, content);
    rows.set(row.id, row);
    return { ref, row };
  };
  return { rows, bodies, put, keys };
}

/** Bytes of a body that was not erased. */
const bytesOf = (bytes: Uint8Array | null): Buffer => Buffer.from(bytes ?? []);

test('what is put comes back byte for byte, whatever it is', async () => {
  const { bodies, put } = await site();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
      const { ref } = await put(bytes);
      expect(ref.bytes).toBe(bytes.length);
      expect(Buffer.from(await bodies.get(ref.id)).equals(Buffer.from(bytes))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('nothing of the text stands in the row, and the same text twice has nothing in common', async () => {
  const { put } = await site();
  const text = 'The quick brown fox is confidential.';
  const [one, two] = [(await put(text)).row, (await put(text)).row];
  for (const row of [one, two]) {
    const all = Buffer.concat([bytesOf(row.sealed), bytesOf(row.wrappedKey)]);
    for (let at = 0; at + 4 <= text.length; at += 1)
      expect(all.includes(text.slice(at, at + 4))).toBe(false);
  }
  expect(one.digest).not.toBe(two.digest);
  expect(bytesOf(one.sealed).equals(bytesOf(two.sealed))).toBe(false);
});

test('another key of that name opens nothing, and a missing one is named', async () => {
  const { rows, put } = await site();
  const { ref, row } = await put('words');
  const other = await site();
  other.rows.set(row.id, row);
  await expect(other.bodies.get(ref.id)).rejects.toMatchObject({
    code: 'bad_config',
    message: `The text ${ref.id} needs the key client-${ACME}.1, and AIOS_KEYS has no such file. Restore it from your backup of AIOS_KEYS; without it the text is lost.`,
  });
  await other.put('makes a key of its own');
  await expect(other.bodies.get(ref.id)).rejects.toThrow(/is not what was kept/);
  expect(rows.size).toBe(1);
});

test('a client has keys of its own, and so has the practice', async () => {
  const { put } = await site();
  expect((await put('one')).row.keyName).toBe(`client-${ACME}.1`);
  expect((await put('two', null)).row.keyName).toBe('practice.1');
});

test('what is new lies under the newest generation, and what was kept before numbers still opens', async () => {
  const folder = randomUUID();
  const { bodies, put, keys } = await site(folder);
  await keys.rotate(`client-${ACME}`, 0);
  const before = (await put('from before')).row;
  expect(before.keyName).toBe(`client-${ACME}`);
  await keys.rotate(`client-${ACME}`, 1);
  await keys.rotate(`client-${ACME}`, 12);
  expect((await put('new')).row.keyName).toBe(`client-${ACME}.12`);
  expect(Buffer.from(await bodies.get(before.id)).toString()).toBe('from before');
});

test('a key that was turned between the two looks is asked for again', async () => {
  const { rows, bodies, put, keys } = await site();
  const { row } = await put('words');
  await keys.rotate(`client-${ACME}`, 2);
  const anew = (await put('words')).row;
  // The first look finds the row as it was, the second as it is.
  let looks = 0;
  const turning = makeBodies({
    store: { body: async () => ((looks += 1) === 1 ? { ...anew, keyName: row.keyName } : anew) },
    keys,
    newId: () => randomUUID() as string as BodyId,
  });
  await keys.destroy(row.keyName);
  expect(Buffer.from(await turning.get(anew.id)).toString()).toBe('words');
  expect(looks).toBe(2);
  await expect(bodies.get(row.id)).rejects.toMatchObject({ code: 'bad_config' });
  expect(rows.size).toBe(2);
});

test('what nobody owns is given to a client: the same text under the key of that client', async () => {
  const { rows, bodies, put } = await site();
  const { row } = await put('heard before its client was known', null);
  const change = await bodies.give(row.id, ACME);
  expect(change).toMatchObject({
    update: 'body',
    set: { clientId: ACME, keyName: `client-${ACME}.1` },
    where: { id: row.id, clientId: null, erasedAt: null },
  });
  if (change === null || !('update' in change)) throw new Error('nothing was given');
  const given = { ...row, ...(change.set as Partial<BodyRow>) };
  rows.set(row.id, given);
  expect(given.sealed).toBe(row.sealed);
  expect(Buffer.from(await bodies.get(row.id)).toString()).toBe(
    'heard before its client was known',
  );
  expect(await bodies.give(row.id, ACME)).toBeNull();
});

test('rows that were swapped, whole or in part, are refused', async () => {
  const { rows, bodies, put } = await site();
  const one = (await put('one')).row;
  const two = (await put('two')).row;
  await put('makes the key of the practice', null);
  const forged: readonly BodyRow[] = [
    { ...two, id: one.id },
    { ...one, sealed: two.sealed },
    { ...one, wrappedKey: two.wrappedKey },
    { ...one, digest: two.digest },
    { ...one, keyName: 'practice.1' },
  ];
  for (const row of forged) {
    rows.set(one.id, row);
    await expect(bodies.get(one.id)).rejects.toThrow(/is not what was kept/);
  }
});

test('any changed byte is refused', async () => {
  const { rows, bodies, put } = await site();
  const { row } = await put('some words');
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytesOf(row.sealed).length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, by) => {
        const sealed = Uint8Array.from(bytesOf(row.sealed));
        sealed[at] = (sealed[at] ?? 0) ^ by;
        rows.set(row.id, { ...row, sealed });
        await expect(bodies.get(row.id)).rejects.toThrow();
      },
    ),
    { numRuns: 50 },
  );
});

test('what was erased is said to be, and so is what never was', async () => {
  const { rows, bodies, put } = await site();
  const { ref, row } = await put('words', null);
  rows.set(row.id, { ...row, wrappedKey: null, sealed: null, erasedAt: moment(1) });
  await expect(bodies.get(ref.id)).rejects.toMatchObject({
    code: 'erased',
    message: `The text ${ref.id} was erased. What the record says of it stands.`,
  });
  expect(await bodies.give(ref.id, ACME)).toBeNull();
  rows.clear();
  await expect(bodies.get(ref.id)).rejects.toMatchObject({ code: 'not_found' });
});
