import { afterEach, describe, expect, test } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadLibrary, loadRuleSet } from '../../src/library/load.ts';
import { makeProblems } from '../../src/library/problems.ts';
import { askingFile } from '../../src/library/rule-schema.ts';
import { checked, readYaml } from '../../src/library/yaml-file.ts';

const RULES = fileURLToPath(new URL('../../rules', import.meta.url));
const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

/** `asking.yaml` as shipped with one thing changed; a change to nothing fails the test. */
async function changed(from: string | RegExp, to: string): Promise<string> {
  const text = await readFile(join(RULES, 'asking.yaml'), 'utf8');
  const other = text.replace(from, to);
  if (other === text) throw new Error(`nothing in asking.yaml is ${from}`);
  return other;
}

async function faults(from: string | RegExp, to: string): Promise<readonly string[]> {
  const problems = makeProblems();
  const yaml = readYaml('rules/asking.yaml', await changed(from, to), { problems });
  if (yaml !== undefined) checked(askingFile, yaml, problems);
  return problems.lines;
}

async function loaded(from: string | RegExp, to: string): ReturnType<typeof loadRuleSet> {
  const folder = await mkdtemp(join(tmpdir(), 'aios-asking-'));
  made.push(folder);
  await cp(RULES, folder, { recursive: true });
  await writeFile(join(folder, 'asking.yaml'), await changed(from, to));
  return loadRuleSet(folder);
}

const QUIET_PART = / {2}quiet_hours:\n(?: {4}.*\n)+/;

describe('asking.yaml', () => {
  test('as shipped is quiet from 19:00 to 08:00 and at weekends; without that part nothing is', async () => {
    const { settings } = await loadRuleSet(RULES);
    expect(settings).toMatchObject({
      offered: 3,
      remindAfterHours: 24,
      expireAfterDays: 28,
      quietHours: { from: '19:00', to: '08:00', days: ['saturday', 'sunday'] },
    });
    expect((await loaded(QUIET_PART, '')).settings.quietHours).toBeNull();
  });

  test('gives a rule that asks times of its own', async () => {
    const { asks } = await loaded(
      'about: files\n',
      'about: files\n    remind_after_hours: 48\n    expire_after_days: 7\n',
    );
    expect(asks.get('files')).toMatchObject({ remindAfterHours: 48, expireAfterDays: 7 });
    expect(asks.get('kind')).not.toHaveProperty('remindAfterHours');
  });

  test.each([
    [
      'a time there is not',
      "'19:00'",
      "'24:00'",
      /:\d+:\d+: .*from: expected a time of day from 00:00 to 23:59, got "24:00"/,
    ],
    [
      'a number for a time',
      "'19:00'",
      '19',
      /from: expected a time of day like 19:00, in quotes, got 19/,
    ],
    [
      'an hour alone',
      "'08:00'",
      "'8:00'",
      /to: expected a time of day from 00:00 to 23:59, got "8:00"/,
    ],
    [
      'two equal times',
      "'08:00'",
      "'19:00'",
      /quiet_hours: expected two different times, got the same\. Leave quiet_hours out/,
    ],
    ['a day there is not', 'sunday]', 'weekend]', /days\.1: .*"weekend"/],
    ['a day twice', 'sunday]', 'saturday]', /days: expected each day once/],
    [
      'no day on which to speak',
      '[saturday, sunday]',
      '[monday, tuesday, wednesday, thursday, friday, saturday, sunday]',
      /days: expected at least one day/,
    ],
    ['no end', /\n {4}to: .*/, '', /quiet_hours\.to: expected a time of day/],
    ['a word nobody knows', 'quiet_hours', 'silent_hours', /unknown key silent_hours/],
    [
      'no time to remind',
      'remind_after_hours: 24',
      'remind_after_hours: 0',
      /remind_after_hours: /,
    ],
  ])('refuses %s, with its place', async (_what, from, to, says) => {
    const lines = await faults(from, to);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^rules\/asking\.yaml:\d+:\d+: /);
    expect(lines[0]).toMatch(says);
  });

  test('refuses what would be put away before it is reminded of, of all and of one rule', async () => {
    const says =
      /asking\.yaml:\d+:\d+: expected a reminder before it is put away after 24 hours, got one after 24 hours/;
    await expect(loaded('expire_after_days: 28', 'expire_after_days: 1')).rejects.toThrow(says);
    const own = 'about: files\n    expire_after_days: 1\n';
    await expect(loaded('about: files\n', own)).rejects.toThrow(says);
  });
});

test('a proposal is asked for only where it is written what to ask', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aios-proposing-'));
  made.push(folder);
  const [rules, personas] = [join(folder, 'rules'), join(folder, 'personas')];
  await cp(RULES, rules, { recursive: true });
  await cp(join(RULES, '../personas'), personas, { recursive: true });
  await rm(join(personas, '_propose.md'));
  await expect(loadLibrary(rules, personas)).resolves.toBeDefined();
  await writeFile(join(rules, 'asking.yaml'), await changed('propose: off', 'propose: local'));
  await expect(loadLibrary(rules, personas)).rejects.toThrow(
    /asking\.yaml:\d+:\d+: expected personas\/_propose\.md, .* or write propose: off/,
  );
});

test('no limit can ask as if work had got stuck', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aios-limits-'));
  made.push(folder);
  await cp(RULES, folder, { recursive: true });
  const text = await readFile(join(RULES, 'limits.yaml'), 'utf8');
  await writeFile(join(folder, 'limits.yaml'), text.replace('ask: kind', 'ask: stuck'));
  await expect(loadRuleSet(folder)).rejects.toThrow(/limits\.yaml:\d+:\d+: .*ask.*"stuck"/);
});
