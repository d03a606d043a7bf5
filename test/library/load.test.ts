import { afterEach, describe, expect, test } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checklistFor } from '../../src/core/checklist.ts';
import { sha256 } from '../../src/core/draft.ts';
import type { Facts } from '../../src/core/facts.ts';
import { Fault } from '../../src/core/fault.ts';
import { NAMED_RULES } from '../../src/core/rule-set.ts';
import { loadLibrary, loadPersonas, loadRuleSet } from '../../src/library/load.ts';

const shipped = fileURLToPath(new URL('../../', import.meta.url));
const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

const FACTS: Facts = {
  kind: 'unclear',
  sensitivity: 'ordinary',
  consequence: 'high',
  words: 100,
  files: 1,
  fileTypes: ['html'],
  confidence: 100,
  rounds: 0,
  cloud: 'allowed',
};

type Change = (text: string) => string;

/** A copy of the shipped rules and personas with some files changed; a change to nothing fails the test. */
async function copy(changes: Record<string, Change>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aios-library-'));
  made.push(folder);
  for (const part of ['rules', 'personas'])
    await cp(join(shipped, part), join(folder, part), { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const before = await readFile(join(folder, name), 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`the change to ${name} changes nothing`);
    await writeFile(join(folder, name), after);
  }
  return folder;
}

async function load(changes: Record<string, Change> = {}): ReturnType<typeof loadLibrary> {
  const folder = await copy(changes);
  return loadLibrary(join(folder, 'rules'), join(folder, 'personas'));
}

async function refused(changes: Record<string, Change>): Promise<string> {
  const thrown: unknown = await load(changes).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Fault);
  expect((thrown as Fault).code).toBe('bad_rules');
  return (thrown as Fault).message;
}

const put =
  (from: string, to: string): Change =>
  (text) =>
    text.replace(from, to);

describe('the shipped library', () => {
  test('is without faults: every kind, persona and named rule, and every example holds', async () => {
    const { rules, personas } = await load();
    const kinds = [...rules.kinds.values()];
    expect(kinds.length).toBeGreaterThanOrEqual(60);
    expect(kinds.length).toBeLessThanOrEqual(90);
    expect(personas.byId.size).toBeGreaterThan(60);
    const sorts = kinds.filter(({ sort }) => sort !== 'work').map(({ sort }) => sort);
    expect(new Set(sorts)).toEqual(new Set(['human', 'nobody', 'talk']));
    for (const id of NAMED_RULES) expect(rules.byId.has(id)).toBe(true);
  });

  test('keeps the exact text of every rule by its hash, and cites a paragraph that exists', async () => {
    const { rules } = await load();
    for (const rule of rules.byId.values()) {
      const text = rules.texts.get(rule.hash);
      expect(text).toContain(`id: ${rule.id}`);
      expect(sha256(text ?? '')).toBe(rule.hash);
      expect(rule.source.hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('a persona file is kept by the hash of its text', async () => {
    const { personas } = await load();
    for (const persona of personas.byId.values())
      expect(sha256(personas.texts.get(persona.hash) ?? '')).toBe(persona.hash);
  });

  test('rules and personas can be read apart', async () => {
    expect((await loadRuleSet(join(shipped, 'rules'))).lanes.length).toBeGreaterThan(5);
    expect((await loadPersonas(join(shipped, 'personas'))).byId.size).toBeGreaterThan(60);
  });
});

describe('a change shows in the hashes', () => {
  test('of the rule that changed, and of the set; a move of other lines leaves the rule as it was', async () => {
    const before = (await load()).rules;
    const commented = (await load({ 'rules/lanes.yaml': (text) => `# a remark\n${text}` })).rules;
    expect(commented.hash).not.toBe(before.hash);
    expect(commented.byId.get('LANE-020')?.hash).toBe(before.byId.get('LANE-020')?.hash);

    const reworded = (
      await load({
        'rules/lanes.yaml': put('title: Security of a release', 'title: Safe releases'),
      })
    ).rules;
    expect(reworded.byId.get('LANE-070')?.hash).not.toBe(before.byId.get('LANE-070')?.hash);
    const cited = (
      await load({ 'rules/practice/stances.md': put('one missed escape', 'a missed escape') })
    ).rules;
    expect(cited.hash).not.toBe(before.hash);
  });
});

/** Each planted fault, and what must be told about it: file:line:column and a sentence. */
const BREACHES: readonly (readonly [string, Record<string, Change>, RegExp])[] = [
  [
    'an unknown key',
    { 'rules/lanes.yaml': put('    owner: owner\n', '    ownr: owner\n    owner: owner\n') },
    /rules\/lanes\.yaml:11:5: unknown key ownr/,
  ],
  [
    'an unknown fact in a condition',
    { 'rules/limits.yaml': put('confidence: { at_most: 79 }', 'mood: { is: bad }') },
    /rules\/limits\.yaml:\d+:13: unknown key mood/,
  ],
  [
    'an unknown operator',
    { 'rules/limits.yaml': put('at_most: 79', 'below: 69') },
    /limits\.yaml:\d+:\d+: unknown key below/,
  ],
  [
    'a value of the wrong sort',
    { 'rules/limits.yaml': put('at_most: 79', 'at_most: high') },
    /limits\.yaml:\d+:\d+: limits\.0\.when\.confidence\.at_most: .*got "high"/,
  ],
  [
    'a confidence over 100',
    { 'rules/limits.yaml': put('at_most: 79', 'at_most: 101') },
    /limits\.yaml:\d+:\d+: .*confidence\.at_most/,
  ],
  [
    'an empty condition',
    { 'rules/limits.yaml': put('{ at_most: 79 }', '{}') },
    /expected an operator like in or at_most/,
  ],
  [
    'an unknown lane',
    { 'rules/lanes.yaml': put('do: { lane: seat }', 'do: { lane: cloud }') },
    /lanes\.yaml:\d+:\d+: lanes\.\d+\.do\.lane: .*got "cloud"/,
  ],
  [
    'a limit that opens something',
    { 'rules/limits.yaml': put('do: { ask: kind }', 'do: { lane: senior }') },
    /limits\.yaml:\d+:\d+: unknown key lane/,
  ],
  [
    'a limit that does nothing',
    { 'rules/limits.yaml': put('do: { ask: kind }', 'do: {}') },
    /expected forbid or ask/,
  ],
  [
    'an unknown kind in a rule',
    { 'rules/lanes.yaml': put('kind: { is: harden.plugin }', 'kind: { is: harden.plugins }') },
    /lanes\.yaml:\d+:\d+: expected a kind of rules\/kinds\.yaml, got "harden\.plugins"/,
  ],
  [
    'an unknown kind among the cues',
    { 'rules/cues.yaml': put('kind: draft.blog', 'kind: draft.poem') },
    /cues\.yaml:\d+:\d+: expected a kind/,
  ],
  [
    'an unknown persona',
    { 'rules/kinds.yaml': put('persona: editor', 'persona: wizard') },
    /kinds\.yaml:\d+:\d+: expected a persona in personas\/, got "wizard"/,
  ],
  [
    'a persona that does not take the kind',
    { 'rules/kinds.yaml': put('persona: blog-drafter', 'persona: editor') },
    /kinds\.yaml:\d+:\d+: expected a persona that accepts draft\.blog/,
  ],
  [
    'two rules of one id',
    { 'rules/lanes.yaml': put('id: LANE-020', 'id: LIMIT-020') },
    /lanes\.yaml:\d+:\d+: expected an id of its own, got LIMIT-020, which rules\/limits\.yaml already has/,
  ],
  [
    'a source that is not there',
    { 'rules/practice/stances.md': put('## Voice and judgement', '## Voice') },
    /lanes\.yaml:\d+:\d+: expected the heading "Voice and judgement" in rules\/practice\/stances\.md, got none/,
  ],
  [
    'an example that does not hold',
    {
      'rules/lanes.yaml': put(
        '{ facts: { kind: edit.page }, expect: LANE-080 }',
        '{ facts: { kind: edit.page }, expect: LANE-050 }',
      ),
    },
    /lanes\.yaml:\d+:\d+: expected LANE-050 to decide, got lanes\.yaml#LANE-080/,
  ],
  [
    'a limit example that does not hold',
    {
      'rules/limits.yaml': put('confidence: 55 }, expect: true', 'confidence: 95 }, expect: true'),
    },
    /limits\.yaml:\d+:\d+: expected LIMIT-010 to apply, got: it does not apply/,
  ],
  [
    'a named rule that is gone',
    { 'rules/life.yaml': put('id: RETRY', 'id: RETRY-9') },
    /life\.yaml:\d+:\d+: expected a rule RETRY in rules\//,
  ],
  [
    'a kind without minutes',
    { 'rules/minutes.yaml': put('kind: review.code', 'kind: edit.page') },
    /minutes\.yaml:\d+:\d+: expected minutes for review\.code/,
  ],
  [
    'no way to end in a question',
    { 'rules/lanes.yaml': (text) => text.slice(0, text.indexOf('otherwise:')) },
    /lanes\.yaml:\d+:\d+: otherwise/,
  ],
  [
    'YAML that is none',
    { 'rules/lanes.yaml': (text) => `${text}\n  - : {{` },
    /rules\/lanes\.yaml:\d+:\d+: /,
  ],
  [
    'a duplicate key',
    { 'rules/start.yaml': put('enabled: false', 'enabled: false\n    enabled: true') },
    /start\.yaml:\d+:\d+: .*unique/,
  ],
  [
    'an alias',
    { 'rules/start.yaml': put('when: {}', 'when: &all {}\n    owner: *all') },
    /start\.yaml:\d+:\d+: expected plain values, got an anchor or alias/,
  ],
  [
    'deep nesting',
    { 'rules/start.yaml': () => '['.repeat(200_000) },
    /start\.yaml:1:1: expected at most 24 levels/,
  ],
  [
    'deep nesting in blocks',
    { 'rules/start.yaml': () => '- '.repeat(200_000) },
    /start\.yaml:1:1: expected at most 24 levels/,
  ],
  [
    'a file over 1 MB',
    { 'rules/start.yaml': (text) => `${text}#${'x'.repeat(1_000_000)}` },
    /start\.yaml:1:1: expected at most 1000000 characters/,
  ],
  [
    'a persona without front matter',
    { 'personas/words/editor.md': () => 'You are an editor.' },
    /personas\/words\/editor\.md:1:1: expected front matter/,
  ],
  [
    'a persona with an unknown key',
    { 'personas/words/editor.md': put('lane: senior', 'lane: senior\nmodel: big') },
    /words\/editor\.md:\d+:1: unknown key model/,
  ],
  [
    'a hand-off to nobody',
    { 'personas/words/editor.md': put('to: proofreader', 'to: fact-finder') },
    /words\/editor\.md:8:9: expected a persona in personas\/, got "fact-finder"/,
  ],
  [
    'an unknown kind in a persona',
    { 'personas/words/editor.md': put('accepts: [edit.draft,', 'accepts: [edit.drafts,') },
    /words\/editor\.md:\d+:\d+: expected a kind/,
  ],
  [
    'a persona that declines what it takes',
    { 'personas/words/editor.md': put('kinds: [draft.blog', 'kinds: [edit.draft') },
    /words\/editor\.md:\d+:\d+: expected a kind it does not accept/,
  ],
  [
    'a brief that is too long',
    { 'personas/words/editor.md': (text) => text + 'x'.repeat(1500) },
    /words\/editor\.md:\d+:1: expected a brief of 1 to 1500 characters/,
  ],
  [
    'a persona under another name',
    { 'personas/words/editor.md': put('id: editor', 'id: redactor') },
    /words\/editor\.md:2:5: expected the id to be the file's name/,
  ],
];

/** Each planted fault of the checklists. */
const UNSOUND: readonly (readonly [string, Change, RegExp])[] = [
  [
    'an unknown key',
    put('    means: Approving', '    asks: all\n    means: Approving'),
    /rules\/approving\.yaml:12:5: unknown key asks/,
  ],
  [
    'an unknown fact',
    put('when: { consequence: { is: high } }', 'when: { mood: { is: bad } }'),
    /rules\/approving\.yaml:\d+:\d+: unknown key mood/,
  ],
  [
    'an unknown kind',
    put('in: [harden.plugin]', 'in: [harden.theme]'),
    /rules\/approving\.yaml:11:26: expected a kind of rules\/kinds\.yaml, got "harden\.theme"/,
  ],
  [
    'a point that does not fit beside its box',
    put('I read all of it', 'I read all of it '.repeat(9)),
    /rules\/approving\.yaml:\d+:\d+: checklists\.2\.points\.0\.text: expected at most 75 characters/,
  ],
  [
    'a single point',
    (text) => text.replace(/ +- \{ id: (?:tested|undo), .*\n/g, ''),
    /rules\/approving\.yaml:\d+:7: checklists\.0\.points: expected at least two points/,
  ],
  [
    'six points',
    put(
      '      - { id: undo,',
      `${'abcd'.replace(/./g, "      - { id: $&, text: 'x' }\n")}      - { id: undo,`,
    ),
    /rules\/approving\.yaml:\d+:\d+: checklists\.0\.points: expected at most five points/,
  ],
  [
    'two points of one id',
    put('id: tested', 'id: changes'),
    /rules\/approving\.yaml:15:15: expected an id of its own in this checklist, got changes again/,
  ],
  [
    'an example that does not hold',
    put('expect: CHECK-PUBLIC }', 'expect: CHECK-HIGH }'),
    /rules\/approving\.yaml:\d+:9: expected CHECK-HIGH to be asked, got CHECK-PUBLIC/,
  ],
  [
    'a paragraph that is not there',
    put('heading: What a yes rests on', 'heading: What a no rests on'),
    /rules\/approving\.yaml:10:54: expected the heading "What a no rests on"/,
  ],
];

describe('checklists', () => {
  test.each(UNSOUND)('with %s are refused with the place', async (_name, change, says) => {
    expect(await refused({ 'rules/approving.yaml': change })).toMatch(says);
  });

  test('have at least two points in words that fit, and every high consequence is asked about', async () => {
    const { rules } = await load();
    for (const { points } of rules.checklists) {
      expect(points.length).toBeGreaterThanOrEqual(2);
      for (const { text } of points) expect(text.length).toBeLessThanOrEqual(75);
    }
    for (const kind of rules.kinds.values())
      expect([kind.id, checklistFor(rules, { ...FACTS, kind: kind.id })?.id]).toEqual([
        kind.id,
        expect.stringMatching(/^CHECK-/),
      ]);
  });
});

describe('a fault is told with its place, and nothing starts', () => {
  test.each(BREACHES)('%s', async (_name, changes, says) => {
    expect(await refused(changes)).toMatch(says);
  });

  test('all faults are told at once', async () => {
    const message = await refused({
      'rules/limits.yaml': put('at_most: 79', 'at_most: 860'),
      'rules/start.yaml': put('enabled: false', 'enabled: maybe'),
      'personas/words/editor.md': put('gate: editorial', 'gate: golden'),
    });
    for (const file of ['limits.yaml', 'start.yaml', 'editor.md']) expect(message).toContain(file);
    expect(message).toMatch(/^Expected rules and personas without faults, got 3\./);
  });

  test('a missing file, document or preamble', async () => {
    const folder = await copy({});
    for (const name of ['rules/gates.yaml', 'personas/_preamble.md']) await rm(join(folder, name));
    const load = loadLibrary(join(folder, 'rules'), join(folder, 'personas'));
    await expect(load).rejects.toThrow(/rules\/gates\.yaml:1:1: expected a readable file/);
    await expect(loadPersonas(join(folder, 'personas'))).rejects.toThrow(/_preamble\.md:1:1/);
    await expect(loadLibrary('/nowhere', '/nowhere')).rejects.toThrow(Fault);
  });
});
