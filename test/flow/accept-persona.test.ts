import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import { acceptPersona } from '../../src/flow/accept-persona.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { makeTestWorld, OWNER, TEAM } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(async () => t.close());

const TEXT = '---\nid: map-maker\n---\n\nDraw.\n';
const persona = { id: 'map-maker', version: 1, hash: sha256(TEXT) };

async function accept() {
  const before = await t.sql<{ id: string }[]>`select id from entry`;
  const by = await t.world.store.personBySlack(TEAM, OWNER);
  if (by === null) throw new Error('no owner');
  await acceptPersona(t.world, { persona, text: TEXT, by });
  const known = before.map(({ id }) => id);
  const rows = await t.sql<{ body: Uint8Array }[]>`
    select body from entry where not (id = any(${known})) order by id`;
  return { by, said: rows.map((row) => readEntry(row.body)) };
}

test('who accepted which text is on record, and the text is kept for ever', async () => {
  const { by, said } = await accept();
  const data = { id: 'map-maker', version: 1, sha256: persona.hash };
  const actor = { kind: 'person', id: by.id };
  expect(said).toMatchObject([
    { type: 'persona.accepted', actor, cause: null, data },
    { type: 'persona.published', actor, cause: said[0]?.id, data },
  ]);
  expect(await t.world.store.loreStarting(persona.hash)).toEqual({
    sha256: persona.hash,
    text: TEXT,
  });
  await expect(t.sql`delete from lore where sha256 = ${persona.hash}`).rejects.toThrow();
  await expect(t.sql`update lore set text = '' where sha256 = ${persona.hash}`).rejects.toThrow();
});

test('a text that is kept already is accepted anew without being kept twice', async () => {
  expect((await accept()).said.map(({ type }) => type)).toEqual(['persona.accepted']);
});
