import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import { readManifest } from '../../src/core/rule-manifest.ts';
import { ruleRef } from '../../src/core/rule.ts';
import { found } from '../../src/flow/found.ts';
import type { Library } from '../../src/flow/ports/world.ts';
import { textIn } from '../../src/ledger/data.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { openLibrary } from '../../src/main/library.ts';
import { connect } from '../../src/store/connect.ts';
import { forge } from '../store/verify-scene.ts';
import { makeTestWorld } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

const PUBLISHED = ['rule.published', 'persona.published', 'price.published'];
const KINDS: Readonly<Record<string, string>> = {
  rule: 'rule.published',
  persona: 'persona.published',
  price: 'price.published',
};

const none = { files: new Map<string, string>(), rules: new Map<string, { sha256: string }>() };

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

/** The difference an acceptance names, as it is kept. */
async function diffOf(accepted: Entry | undefined): Promise<string> {
  const hash = textIn(accepted?.data ?? {}, 'diff_sha256') ?? 'none';
  return (await t.world.store.loreStarting(hash))?.text ?? '';
}

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
    const lore = (await kept()).filter((row) => row.kind in KINDS);
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
    // The figures of the own machine are one more.
    const { rows, ratios, seat } = prices;
    expect(count('price')).toBe(rows.length + ratios.length + seat.length + 1);
  });

  test('the rules are in force by an entry, under the rule for that', async () => {
    const all = await entries();
    const { rules } = t.world.library;
    const accepted = all.filter((e) => e.type === 'rules.accepted');
    const first = rules.byId.get('RULES-FIRST');
    expect(accepted).toMatchObject([
      {
        actor: { kind: 'system', id: 'aios' },
        rule: first && ruleRef(first),
        cause: all.find((e) => e.type === 'practice.founded')?.id,
        data: {
          rules_sha256: rules.hash,
          before_sha256: null,
          by: 'first_start',
          files: { added: rules.files.size, changed: 0, removed: 0 },
          rules: { added: rules.byId.size, changed: 0, removed: 0 },
          diff_sha256: null,
        },
      },
    ]);
    expect((await t.world.store.practice())?.lastEntry).toBe(accepted[0]?.id);
  });

  test('they are kept whole: a list of all files and rules, and every file as it stands', async () => {
    const { rules } = t.world.library;
    const list = await t.world.store.loreStarting(rules.hash);
    const { files, rules: named } = readManifest(list?.text ?? '') ?? none;
    expect([...files.keys()]).toEqual([...rules.files.keys()]);
    const texts = await t.world.store.loreTexts([...files.values()]);
    for (const [name, hash] of files)
      expect(texts.get(hash)).toBe(readFileSync(path.join('rules', name), 'utf8'));
    expect(new Map([...named].map(([id, rule]) => [id, rule.sha256]))).toEqual(
      new Map([...rules.byId].map(([id, rule]) => [id, rule.hash])),
    );
  });

  test('they name file, id and version, and what put the rules in force as their cause', async () => {
    const all = await entries();
    const begun = all.find((e) => e.type === 'rules.accepted');
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

  test('a changed rule is refused with what is different, and nothing is written', async () => {
    const before = (await entries()).length;
    const lore = (await kept()).length;
    const library = await changed('rules/life.yaml', 'title: The tries are spent', 'title: Spent');
    await expect(found({ ...t.world, library }, 'test')).rejects.toMatchObject({
      code: 'not_allowed',
      message: expect.stringMatching(
        /: 1 rule changed; 1 file changed\.\n[^]*\nchanged {2}FAIL \(life\.yaml\): Spent, [^]*\n-    title: The tries are spent[^]*\n\+    title: Spent[^]*\n[^]*aios rules accept/,
      ),
    });
    expect([(await entries()).length, (await kept()).length]).toEqual([before, lore]);
    expect((await t.world.store.practice())?.policySha256).toBe(t.world.library.rules.hash);
  });

  test('where that is wished it is accepted with the set and published alone; the old text stays', async () => {
    const before = (await entries()).length;
    const was = t.world.library.rules;
    const library = await changed('rules/life.yaml', 'title: The tries are spent', 'title: Spent');
    expect(await found({ ...t.world, library }, 'test', 'accept')).toBe('other');
    const [accepted, published] = (await entries()).slice(before);
    expect(await since(before)).toEqual(['rules.accepted', 'rule.published']);
    expect(accepted).toMatchObject({
      actor: { kind: 'system' },
      rule: expect.stringMatching(/^life\.yaml#RULES-AUTO@/),
      data: {
        rules_sha256: library.rules.hash,
        before_sha256: was.hash,
        by: 'auto',
        rules: { added: 0, changed: 1, removed: 0 },
        files: { added: 0, changed: 1, removed: 0 },
      },
    });
    expect(await diffOf(accepted)).toContain('\n+    title: Spent, so the task has failed\n');
    expect(published).toMatchObject({
      cause: accepted?.id,
      data: { file: 'life.yaml', id: 'FAIL', sha256: library.rules.byId.get('FAIL')?.hash },
    });
    const old = await t.world.store.loreStarting(was.byId.get('FAIL')?.hash ?? '');
    expect(old?.text).toContain('The tries are spent');
    expect((await t.world.store.practice())?.policySha256).toBe(library.rules.hash);
  });

  test('a practice from before sets were kept whole accepts what it finds once, in place of what it had', async () => {
    const { rules } = t.world.library;
    const old = '0d'.repeat(32);
    const admin = connect(t.adminUrl, 1);
    await forge(admin, async (sql) => sql`update practice set policy_sha256 = ${old}`);
    await admin.end();
    const before = (await entries()).length;
    expect(await found(t.world, 'test')).toBe('unkept');
    const [accepted, ...more] = (await entries()).slice(before);
    expect(more).toEqual([]);
    expect(accepted?.data).toMatchObject({
      rules_sha256: rules.hash,
      before_sha256: old,
      by: 'first_start',
      diff_sha256: null,
    });
    expect(await found(t.world, 'test')).toBe('same');
    expect((await entries()).length).toBe(before + 1);
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
    await found({ ...t.world, library }, 'test', 'accept');
    const before = (await entries()).length;
    await found(t.world, 'test', 'accept');
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
    expect(said.length).toBe((await kept()).filter((row) => row.kind in KINDS).length);
    expect((await entries()).filter((e) => e.type === 'rules.accepted')).toHaveLength(1);
    expect((await entries()).filter((e) => e.type === 'practice.founded')).toHaveLength(1);
  });

  test('with a new rule set accept it once', async () => {
    await found(t.world, 'test');
    const before = (await entries()).length;
    const library = await changed('rules/life.yaml', 'title: The tries are spent', 'title: Spent');
    const world = { ...t.world, library };
    await Promise.all(Array.from({ length: 6 }, () => found(world, 'test', 'accept')));
    expect(await since(before)).toEqual(['rules.accepted', 'rule.published']);
  });

  test('with two sets of rules begin with one of them, and the others are refused', async () => {
    const library = await changed('rules/life.yaml', 'title: The tries are spent', 'title: Spent');
    const worlds = [t.world, { ...t.world, library }];
    const ended = await Promise.allSettled(
      [...worlds, ...worlds].map((world) => found(world, 'test')),
    );
    const refused = ended.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: 'not_allowed' } });
    expect((await entries()).filter((e) => e.type === 'rules.accepted')).toHaveLength(1);
  });
});
