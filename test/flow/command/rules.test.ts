import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sha256 } from '../../../src/core/draft.ts';
import { manifestOf, manifestText } from '../../../src/core/rule-manifest.ts';
import { acceptRules } from '../../../src/flow/accept-rules.ts';
import { standingOf } from '../../../src/flow/rules-in-force.ts';
import { countEntries } from '../../helpers/count-entries.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(async () => t.close());

test('members see which set is in force, since when, and how large it is', async () => {
  await t.say('U0COLLEAGUE', 'help');
  const before = await countEntries(t.sql);
  const { ok, lines } = await t.say('U0COLLEAGUE', 'rules');
  const { rules } = t.world.library;
  expect(ok).toBe(true);
  expect(lines).toEqual([
    `In force: rule set ${rules.hash}`,
    expect.stringMatching(/^Accepted: 2026-10-24 \d\d:\d\d UTC, by the first start/),
    `It holds: ${rules.byId.size} rules in ${rules.files.size} files.`,
    'This AIOS works by it.',
  ]);
  expect(await countEntries(t.sql)).toBe(before);
});

test('after the owner accepted another: by whom, what it changed, and what this AIOS works by', async () => {
  const { rules } = t.world.library;
  const files = new Map(rules.files).set('practice/pillars.md', '# Pillars\n');
  const hash = sha256(manifestText(manifestOf({ ...rules, files })));
  const world = { ...t.world, library: { ...t.world.library, rules: { ...rules, files, hash } } };
  const owner = await t.world.store.personBySlack(TEAM, OWNER);
  const standing = await standingOf(world);
  if (owner === null || standing.is === 'unfounded') throw new Error('it is founded');
  await acceptRules(world, owner, standing);
  const { lines } = await t.say(OWNER, 'rules');
  expect(lines).toEqual([
    `In force: rule set ${hash}`,
    expect.stringMatching(/^Accepted: 2026-11-23 \d\d:\d\d UTC, by Olga Owner$/),
    `In place of: ${rules.hash.slice(0, 16)} (no rule changed; 1 file changed)`,
    `It holds: ${rules.byId.size} rules in ${rules.files.size} files.`,
    `This AIOS started before that and works by rule set ${rules.hash.slice(0, 16)} until it is started anew.`,
  ]);
});

test('a guest sees nothing of it, and it takes no words', async () => {
  expect((await t.say('U0GUEST', 'rules')).lines.join('\n')).not.toContain('rule set');
  const { ok, lines } = await t.say(OWNER, 'rules accept');
  expect(ok).toBe(false);
  expect(lines.join('\n')).toMatch(/got "accept"\. .*on the command line: aios rules/);
});
