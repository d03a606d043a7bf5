import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { BodyId, ClientId } from '../../src/core/id.ts';
import type { BodyRow } from '../../src/flow/ports/rows.ts';
import { makeBodies } from '../../src/store/bodies.ts';
import { openKeys } from '../../src/store/keys.ts';

const top = mkdtempSync(path.join(os.tmpdir(), 'aios-bodies-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const ACME = randomUUID() as string as ClientId;

/** Bodies over rows in memory and keys in a folder. */
async function site(folder = randomUUID()) {
  const rows = new Map<string, BodyRow>();
  const bodies = makeBodies({
    store: { body: async (id) => rows.get(id) ?? null },
    keys: await openKeys(path.join(top, folder)),
    newId: () => randomUUID() as string as BodyId,
  });
  const put = async (content: string | Uint8Array, client: ClientId | null = ACME) => {
    const { ref, row } = await bodies.put('file', client, content);
    rows.set(row.id, row);
    return { ref, row };
  };
  return { rows, bodies, put };
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

test('another key opens nothing', async () => {
  const { rows, put } = await site();
  const { ref } = await put('words');
  const other = await site();
  for (const [id, row] of rows) other.rows.set(id, row);
  await expect(other.bodies.get(ref.id)).rejects.toThrow(/is not what was kept/);
});

test('rows that were swapped, whole or in part, are refused', async () => {
  const { rows, bodies, put } = await site();
  const one = (await put('one')).row;
  const two = (await put('two')).row;
  const forged: readonly BodyRow[] = [
    { ...two, id: one.id },
    { ...one, sealed: two.sealed },
    { ...one, wrappedKey: two.wrappedKey },
    { ...one, digest: two.digest },
    { ...one, keyName: 'practice' },
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

test('what was erased is said to be gone', async () => {
  const { rows, bodies, put } = await site();
  const { ref } = await put('words', null);
  rows.clear();
  await expect(bodies.get(ref.id)).rejects.toMatchObject({
    code: 'not_found',
    message: `The text ${ref.id} is not there (any more): it was erased or never kept.`,
  });
});
