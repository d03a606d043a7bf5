import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import { manifestOf, manifestText, readManifest } from '../../src/core/rule-manifest.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import { acceptRules } from '../../src/flow/accept-rules.ts';
import { found } from '../../src/flow/found.ts';
import type { PersonRow } from '../../src/flow/ports/rows-settings.ts';
import type { World } from '../../src/flow/ports/world.ts';
import { refuseOtherRules } from '../../src/flow/refuse-rules.ts';
import { diffToHand } from '../../src/flow/rule-diff.ts';
import { manifestInForce, standingOf } from '../../src/flow/rules-in-force.ts';
import { textIn } from '../../src/ledger/data.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { makeTestWorld, OWNER, TEAM } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
let owner: PersonRow;
beforeAll(async () => {
  t = await makeTestWorld();
  const known = await t.world.store.personBySlack(TEAM, OWNER);
  if (known === null) throw new Error('no owner');
  owner = known;
}, 60_000);
afterAll(async () => t.close());

type Files = ReadonlyMap<string, string>;
type Change = (rules: RuleSet) => { readonly files?: Files; readonly byId?: RuleSet['byId'] };

/** A world with a set that differs from the shipped one as the change says; it need not be one that could be read. */
function having(change: Change): World {
  const { rules } = t.world.library;
  const set = { ...rules, ...change(rules) };
  const hash = sha256(manifestText(manifestOf(set)));
  return { ...t.world, library: { ...t.world.library, rules: { ...set, hash } } };
}

const edited =
  (name: string, from: string, to: string): Change =>
  ({ files }) => {
    const text = files.get(name) ?? '';
    expect(text).toContain(from);
    return { files: new Map(files).set(name, text.replace(from, to)) };
  };

async function accept(world: World, by = owner) {
  const standing = await standingOf(world);
  if (standing.is === 'unfounded') throw new Error('it is founded');
  return acceptRules(world, by, standing);
}

async function accepted(): Promise<readonly Entry[]> {
  const rows = await t.sql<{ body: Uint8Array }[]>`
    select body from entry where type = 'rules.accepted' order by id`;
  return rows.map((row) => readEntry(row.body));
}

const entries = async (): Promise<number> =>
  Number((await t.sql<{ n: number }[]>`select count(*)::int as n from entry`)[0]?.n);

async function differing(world: World) {
  const practice = await world.store.practice();
  const manifest = practice === null ? null : await manifestInForce(world.store, practice);
  if (manifest === null) throw new Error('a set is in force');
  return diffToHand(world, manifest);
}

describe('the owner accepts', () => {
  const PARAGRAPH = edited('practice/pillars.md', 'Silence is never a yes', 'Silence is no yes');

  test('a changed paragraph: who, which set, in place of which, the difference; then it is in force', async () => {
    const world = having(PARAGRAPH);
    await expect(refuseOtherRules(world)).rejects.toMatchObject({ code: 'not_allowed' });
    const before = t.world.library.rules.hash;
    expect(await accept(world)).toMatchObject({ is: 'accepted', before });
    const entry = (await accepted()).at(-1);
    expect(entry).toMatchObject({
      actor: { kind: 'person', id: owner.id },
      rule: null,
      data: {
        rules_sha256: world.library.rules.hash,
        before_sha256: before,
        by: 'owner',
        files: { added: 0, changed: 1, removed: 0 },
        rules: { added: 0, changed: 0, removed: 0 },
      },
    });
    const diff = await t.world.store.loreStarting(textIn(entry?.data ?? {}, 'diff_sha256') ?? '');
    expect(diff?.text).toMatch(
      /^no rule changed; 1 file changed\n\n--- rules\/practice\/pillars\.md\n\+\+\+ rules\/practice\/pillars\.md\n@@ [^]*\n-No file [^]*\n\+No file /,
    );
    expect(JSON.stringify(entry)).not.toContain('Silence');
    await refuseOtherRules(world);
    await expect(refuseOtherRules(t.world)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('what is in force already: nothing is written', async () => {
    const before = await entries();
    expect((await accept(having(PARAGRAPH))).is).toBe('same');
    expect(await entries()).toBe(before);
  });

  test('the old set again: its texts are kept once', async () => {
    const lore = async () => (await t.sql`select 1 from lore where kind <> 'diff'`).length;
    const kept = await lore();
    expect((await accept(t.world)).is).toBe('accepted');
    expect(await lore()).toBe(kept);
    await found(t.world, 'test');
  });
});

describe('what is different', () => {
  test('files that came and went, rules of each kind, with the text that is kept', async () => {
    const world = having(({ files, byId }) => {
      const [gone, changed] = ['LANE-070', 'FAIL'].map((id) => byId.get(id));
      if (gone === undefined || changed === undefined) throw new Error('rules are missing');
      const rules = new Map(byId);
      rules.delete(gone.id);
      rules.set('FAIL', { ...changed, hash: sha256('x') });
      rules.set('LANE-071', { ...gone, id: 'LANE-071' });
      const set = new Map(files).set('kinds/make.tea.yaml', 'kind: make.tea\n');
      set.delete('kinds/draft.blog.yaml');
      return { files: set, byId: rules };
    });
    const { sum, lines, changes } = await differing(world);
    expect(sum).toBe('1 rule changed, 1 added, 1 removed; 1 file added, 1 removed');
    expect(changes.files).toEqual({
      added: ['kinds/make.tea.yaml'],
      changed: [],
      removed: ['kinds/draft.blog.yaml'],
    });
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(
        /^changed {2}FAIL \(life\.yaml\) \(before: FAIL \(life\.yaml\): The tries/,
      ),
      expect.stringMatching(/^added {4}LANE-071 \(lanes\.yaml\): \w/),
      expect.stringMatching(/^removed {2}LANE-070 \(lanes\.yaml\): \w/),
    ]);
    const text = lines.join('\n');
    expect(text).toContain('--- rules/kinds/draft.blog.yaml\n+++ /dev/null\n@@ -1,');
    expect(text).toContain('--- /dev/null\n+++ rules/kinds/make.tea.yaml\n@@ -0,0 +1,1 @@');
  });

  test('a long one is cut where nobody asked for it', async () => {
    const many = Array.from({ length: 90 }, (_, i) => `# remark ${i}\n`).join('');
    const world = having(edited('lanes.yaml', 'version: 1\n', `version: 1\n${many}`));
    const refused = await refuseOtherRules(world).catch((thrown: Error) => thrown.message);
    expect(refused).toMatch(/\n… and \d+ more lines: aios rules diff\n/);
    expect(String(refused).split('\n').length).toBeLessThan(80);
    expect((await differing(world)).lines.join('\n')).toContain('+# remark 89');
  });
});

describe('several at once', () => {
  test('of many that accept different sets, one at a time is first and the record is one chain', async () => {
    const worlds = Array.from({ length: 6 }, (_, i) =>
      having(edited('lanes.yaml', 'version: 1\n', `version: 1\n# set ${i}\n`)),
    );
    const standing = await standingOf(t.world);
    if (standing.is === 'unfounded') throw new Error('it is founded');
    const before = (await accepted()).length;
    const ended = await Promise.allSettled(worlds.map((world) => accept(world)));
    for (const one of ended)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({
          code: 'conflict',
          message: expect.stringMatching(/Nothing was written/),
        });
    const chain = (await accepted()).slice(before);
    expect(chain.length).toBe(ended.filter(({ status }) => status === 'fulfilled').length);
    expect(chain.length).toBeGreaterThan(0);
    const all = await accepted();
    for (const [at, entry] of all.entries())
      expect(entry.data['before_sha256']).toBe(all[at - 1]?.data['rules_sha256'] ?? null);
    expect((await t.world.store.practice())?.policySha256).toBe(all.at(-1)?.data['rules_sha256']);
  });

  test('every set that was ever in force can be shown, file by file', async () => {
    const sets = (await accepted()).map((entry) => textIn(entry.data, 'rules_sha256') ?? '');
    expect(new Set(sets).size).toBeGreaterThan(2);
    for (const hash of sets) {
      const manifest = readManifest((await t.world.store.loreStarting(hash))?.text ?? '');
      const hashes = [...(manifest?.files.values() ?? [])];
      expect(hashes.length).toBeGreaterThan(90);
      expect((await t.world.store.loreTexts(hashes)).size).toBe(new Set(hashes).size);
    }
  });
});
