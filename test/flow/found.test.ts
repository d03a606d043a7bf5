import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import { ruleRef } from '../../src/core/rule.ts';
import { found } from '../../src/flow/found.ts';
import type { Library } from '../../src/flow/ports/world.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { openLibrary } from '../../src/main/library.ts';
import { makeTestWorld } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

const PUBLISHED = ['rule.published', 'persona.published', 'price.published'];
const KINDS: Readonly<Record<string, string>> = {
  rule: 'rule.published',
  persona: 'persona.published',
  price: 'price.published',
};

type Kept = { readonly sha256: string; readonly kind: string; readonly text: string };

const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-found-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The shipped library with one place of one file changed. */
async function changed(file: string, from: string, to: string): Promise<Library> {
  for (const part of ['rules', 'personas'])
    cpSync(part, path.join(folder, part), { recursive: true });
  const at = path.join(folder, file);
  const text = readFileSync(at, 'utf8');
  expect(text).toContain(from);
  writeFileSync(at, text.replace(from, to));
  return openLibrary({
    rules: path.join(folder, 'rules'),
    personas: path.join(folder, 'personas'),
  });
}

let t: TestWorld;

async function entries(): Promise<readonly Entry[]> {
  const rows = await t.sql<{ body: Uint8Array }[]>`select body from entry order by id`;
  return rows.map((row) => readEntry(row.body));
}

const kept = () => t.sql<Kept[]>`select sha256, kind, text from lore`;

/** Entries that came after the first `before`, in a few words. */
async function since(before: number): Promise<readonly string[]> {
  return (await entries()).slice(before).map((e) => e.type);
}

describe('on the first start', () => {
  beforeAll(async () => {
    t = await makeTestWorld();
  }, 60_000);
  afterAll(async () => t.close());

  test('every text of a rule, a persona and a price is kept, and one entry says of what it is the text', async () => {
    const lore = await kept();
    const said = (await entries()).filter((e) => PUBLISHED.includes(e.type));
    const { rules, personas, prices } = t.world.library;
    expect(said).toHaveLength(lore.length);
    expect(new Set(said.map((e) => e.data['sha256']))).toEqual(new Set(lore.map((r) => r.sha256)));
    for (const row of lore) {
      const entry = said.find((e) => e.data['sha256'] === row.sha256);
      expect(entry?.type).toBe(KINDS[row.kind]);
      expect(sha256(row.text)).toBe(row.sha256);
    }
    const count = (kind: string): number => lore.filter((row) => row.kind === kind).length;
    expect(count('rule')).toBe(rules.byId.size);
    // Beside the personas themselves the preamble, and what is asked for a proposal.
    expect(count('persona')).toBe(personas.byId.size + 2);
    expect(count('price')).toBe(prices.rows.length);
  });

  test('they name file, id and version, and the founding as their cause', async () => {
    const all = await entries();
    const begun = all.find((e) => e.type === 'practice.founded');
    const of = (id: string) => all.find((e) => PUBLISHED.includes(e.type) && e.data['id'] === id);
    const editor = t.world.library.personas.byId.get('editor');
    expect(of('LANE-070')?.data).toMatchObject({ file: 'lanes.yaml' });
    expect(of('editor')?.data).toMatchObject({ version: editor?.version, sha256: editor?.hash });
    expect(of(t.world.library.prices.rows[0]?.id ?? '')?.type).toBe('price.published');
    for (const entry of all.filter((e) => PUBLISHED.includes(e.type)))
      expect(entry.cause).toBe(begun?.id);
    expect(all.filter((e) => e.cause === null).map((e) => e.type)).toEqual([
      'person.seen',
      'practice.founded',
    ]);
  });

  test('text and entry are one act: they have one transaction', async () => {
    const [acts] = await t.sql<{ n: number }[]>`
      select count(*)::int as n from (
        select xmin::text from lore union select xmin::text from practice
        union select xmin::text from entry) as written`;
    expect(acts?.n).toBe(1);
  });

  test('every rule in force is found by the reference that decisions name it by', async () => {
    const { rules } = t.world.library;
    for (const rule of rules.byId.values()) {
      const text = await t.world.store.loreStarting(ruleRef(rule).split('@')[1] ?? '');
      expect(text).toEqual({ sha256: rule.hash, text: rules.texts.get(rule.hash) });
    }
  });
});

describe('on later starts', () => {
  beforeEach(async () => {
    t = await makeTestWorld();
  }, 60_000);
  afterEach(async () => t.close());

  test('nothing is written where nothing changed', async () => {
    const before = (await entries()).length;
    await found(t.world, 'test');
    expect((await entries()).length).toBe(before);
  });

  test('a changed rule is accepted with the set and published alone; the old text stays', async () => {
    const before = (await entries()).length;
    const was = t.world.library.rules;
    const library = await changed('rules/life.yaml', 'title: The tries are spent', 'title: Spent');
    await found({ ...t.world, library }, 'test');
    const [accepted, published] = (await entries()).slice(before);
    expect(await since(before)).toEqual(['rules.accepted', 'rule.published']);
    expect(accepted?.data).toEqual({ rules_sha256: library.rules.hash, before_sha256: was.hash });
    expect(published).toMatchObject({
      cause: accepted?.id,
      data: { file: 'life.yaml', id: 'FAIL', sha256: library.rules.byId.get('FAIL')?.hash },
    });
    const old = await t.world.store.loreStarting(was.byId.get('FAIL')?.hash ?? '');
    expect(old?.text).toContain('The tries are spent');
    expect((await t.world.store.practice())?.policySha256).toBe(library.rules.hash);
  });

  test('a changed persona and a changed price are published though no rule changed', async () => {
    const before = (await entries()).length;
    const persona = await changed('personas/words/editor.md', 'version: 2', 'version: 3');
    await found({ ...t.world, library: persona }, 'test');
    expect((await entries()).slice(before)).toMatchObject([
      { type: 'persona.published', data: { id: 'editor', version: 3 } },
    ]);
    const [first, ...rows] = persona.prices.rows;
    if (first === undefined) throw new Error('no price');
    const prices = { ...persona.prices, rows: [{ ...first, input: first.input + 1 }, ...rows] };
    await found({ ...t.world, library: { ...persona, prices } }, 'test');
    expect((await entries()).slice(before + 1)).toMatchObject([
      { type: 'price.published', data: { id: first.id } },
    ]);
  });

  test('rules that go back to an old text publish nothing anew', async () => {
    const library = await changed('rules/life.yaml', 'title: The tries are spent', 'title: Spent');
    await found({ ...t.world, library }, 'test');
    const before = (await entries()).length;
    await found(t.world, 'test');
    expect(await since(before)).toEqual(['rules.accepted']);
  });
});

describe('several processes that start at once', () => {
  beforeEach(async () => {
    t = await makeTestWorld({ unfounded: true });
  }, 60_000);
  afterEach(async () => t.close());

  test('begin the practice once and publish each text once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => found(t.world, 'test')));
    const said = (await entries()).filter((e) => PUBLISHED.includes(e.type));
    expect(new Set(said.map((e) => e.data['sha256'])).size).toBe(said.length);
    expect(said.length).toBe((await kept()).length);
    expect((await entries()).filter((e) => e.type === 'practice.founded')).toHaveLength(1);
  });

  test('with a new rule set accept it once', async () => {
    await found(t.world, 'test');
    const before = (await entries()).length;
    const library = await changed('rules/life.yaml', 'title: The tries are spent', 'title: Spent');
    await Promise.all(Array.from({ length: 6 }, () => found({ ...t.world, library }, 'test')));
    expect(await since(before)).toEqual(['rules.accepted', 'rule.published']);
  });
});
