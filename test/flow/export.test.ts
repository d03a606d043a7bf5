import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClientId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { noteExport } from '../../src/flow/export.ts';
import type { Export } from '../../src/flow/export.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { entryBytes, newClient } from '../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
let acme: ClientId;
let borealis: ClientId;
let made: Export;
beforeAll(async () => {
  t = await makeTestWorld();
  [acme, borealis] = [await newClient(t, 'acme'), await newClient(t, 'borealis')];
  const owner = await t.world.store.personBySlack(TEAM, OWNER);
  made = {
    client: acme,
    number: 'ST-2026-0001',
    by: { kind: 'person', id: owner?.id ?? '' },
    size: 12,
    root: 'ab'.repeat(32),
    span: { from: moment(1_000), to: moment(2_000) },
    manifest: 'cd'.repeat(32),
  };
}, 60_000);
afterAll(() => t.close());

/** The entries that something adds, as they are read back. */
async function addedBy(act: () => Promise<unknown>) {
  const before = (await entryBytes(t)).size;
  await act();
  return [...(await entryBytes(t)).values()]
    .slice(before)
    .map((hex) => readEntry(Buffer.from(hex, 'hex')));
}

test('a statement leaves one entry: of whom, by whom, over which days, and what it holds by hashes', async () => {
  const added = await addedBy(() => noteExport(t.world, made));
  expect(added).toMatchObject([
    {
      type: 'export.made',
      actor: made.by,
      client: acme,
      cause: null,
      data: {
        size: 12,
        root: made.root,
        from: 1_000,
        to: 2_000,
        manifest_sha256: made.manifest,
      },
    },
  ]);
});

test('its number is taken once; another client has numbers of its own', async () => {
  const added = await addedBy(async () => {
    await expect(noteExport(t.world, made)).rejects.toMatchObject({
      code: 'conflict',
      retry: true,
      message: expect.stringMatching(/^Another statement ST-2026-0001 .*Nothing was written/),
    });
    await noteExport(t.world, { ...made, client: borealis });
    await noteExport(t.world, { ...made, number: 'ST-2026-0002' });
  });
  expect(added.map(({ client }) => client)).toEqual([borealis, acme]);
});

test('of two that are made at the same moment one has the number', async () => {
  const number = 'ST-2026-0003';
  const added = await addedBy(async () => {
    const both = [1, 2].map((size) => noteExport(t.world, { ...made, number, size }));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
  expect(added).toHaveLength(1);
});
