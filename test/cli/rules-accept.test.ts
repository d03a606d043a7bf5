import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CHECKS } from '../../src/cli/checks.ts';
import { examine } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config.ts';
import { readPostmaster } from '../../src/embedded/postmaster.ts';
import { built } from '../helpers/built.ts';
import { aios, makePlace, portOf } from '../helpers/program.ts';
import type { Place, Program } from '../helpers/program.ts';

// Whole starts, several a test, on a machine that may be busy.
jest.setTimeout(240_000);

let place: Place;
let folder: string;
let running: Program | undefined;
beforeAll(async () => {
  await built();
  place = makePlace();
  folder = mkdtempSync(path.join(os.tmpdir(), 'aios-rules-'));
  cpSync('rules', path.join(folder, 'rules'), { recursive: true });
}, 240_000);
afterEach(() => stop());
afterAll(async () => {
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

const env = (more: Readonly<Record<string, string>> = {}) => ({
  ...place.env,
  AIOS_RULES_DIR: path.join(folder, 'rules'),
  ...more,
});

type Ended = { readonly code: number | null; readonly said: string };

async function run(args: readonly string[], more = {}): Promise<Ended> {
  const program = aios(args, env(more));
  return { code: await program.ended, said: program.said() };
}

async function start(more = {}): Promise<Program> {
  running = aios(['start'], env(more));
  await portOf(running);
  return running;
}

async function stop(): Promise<void> {
  running?.child.kill('SIGINT');
  await running?.ended;
  running = undefined;
}

function edit(name: string, from: string, to: string): void {
  const file = path.join(folder, 'rules', name);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

type Accepted = {
  readonly actor: { readonly kind: string };
  readonly data: Record<string, unknown>;
};

async function acceptances(): Promise<readonly Accepted[]> {
  const { said } = await run(['log', '--type', 'rules.accepted', '--json']);
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Accepted);
}

const doctor = async () => {
  const config = readConfig(env());
  const [row] = await examine(
    config,
    CHECKS.filter(({ id }) => id === 'rules'),
  );
  return row;
};

describe('rules on disk count once they are accepted', () => {
  test('the first start takes them as they are; while it runs the owner accepts others, for the next', async () => {
    expect((await run(['rules', 'diff'])).said).toContain('No rules are in force yet');
    await start();
    expect((await run(['rules'])).said).toMatch(
      /^In force: rule set [0-9a-f]{64}\nAccepted: .* UTC, by the first start, .*\nIt holds: \d+ rules in \d+ files\.\nOn disk: the same\.\n$/,
    );
    expect(await doctor()).toMatchObject({ is: 'ok', says: expect.stringContaining('in force') });
    expect((await run(['rules', 'accept'])).said).toContain('Nothing to accept');

    edit('life.yaml', 'title: The tries are spent', 'title: Spent');
    expect(await doctor()).toMatchObject({
      is: 'warn',
      says: expect.stringContaining('1 rule changed; 1 file changed'),
      next: expect.stringContaining('aios rules accept'),
    });
    const acts = await run(['client', 'new', 'acme', 'Acme Ltd']);
    expect(acts.code).toBe(1);
    expect(acts.said).toContain('aios: The rules on disk are not the rules in force');

    const accepted = await run(['rules', 'accept']);
    expect(accepted.code).toBe(0);
    expect(accepted.said).toMatch(
      /^1 rule changed; 1 file changed\.\nchanged {2}FAIL \(life\.yaml\): Spent, [^]*\n-    title: The tries are spent, [^]*\n\+    title: Spent, [^]*\nAccepted: rule set [0-9a-f]{16} in place of [0-9a-f]{16}\.\nIt is in force from the next start;/,
    );
    expect((await run(['rules'])).said).toMatch(/^Accepted: .* UTC, by Olive Marsh$/m);
    const [first, second, ...more] = await acceptances();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ actor: { kind: 'system' }, data: { by: 'first_start' } });
    expect(second).toMatchObject({
      actor: { kind: 'person' },
      data: { by: 'owner', before_sha256: first?.data['rules_sha256'] },
    });
  });

  test('a start with others is refused with the diff, and leaves nothing running; accepted, it starts', async () => {
    edit('practice/pillars.md', 'Silence is never a yes', 'Silence is no yes');
    edit('limits.yaml', 'version: 1\n', 'version: 1\n# a remark\n');
    const refused = await run(['start']);
    expect(refused.code).toBe(1);
    expect(refused.said).not.toContain('http://');
    expect(refused.said).toMatch(
      /^aios: The rules on disk are not the rules in force, so nothing was started and nothing was changed: no rule changed; 2 files changed\.$/m,
    );
    expect(refused.said).toMatch(
      /^In force: rule set [0-9a-f]{16}, accepted .* UTC by the owner, under AIOS /m,
    );
    for (const line of ['+# a remark', '--- rules/practice/pillars.md', 'aios rules accept'])
      expect(refused.said).toContain(line);
    expect(refused.said).not.toContain('    at ');
    expect(readPostmaster(path.join(place.home, 'pg')).is).toBe('none');
    expect(await acceptances()).toHaveLength(2);

    expect((await run(['rules', 'accept'])).code).toBe(0);
    expect(readPostmaster(path.join(place.home, 'pg')).is).toBe('none');
    await start();
    expect(await acceptances()).toHaveLength(3);
  });

  test('put back as they were they start as well', async () => {
    edit('limits.yaml', '# a remark\n', '# another remark\n');
    expect((await run(['start'])).code).toBe(1);
    edit('limits.yaml', '# another remark\n', '# a remark\n');
    await start();
  });

  test('with faults nothing is accepted, and all of them are told', async () => {
    rmSync(path.join(folder, 'rules/kinds/draft.blog.yaml'));
    edit('lanes.yaml', 'do: { lane: senior', 'do: { lane: moon');
    const { code, said } = await run(['rules', 'accept']);
    cpSync('rules/kinds/draft.blog.yaml', path.join(folder, 'rules/kinds/draft.blog.yaml'));
    cpSync('rules/lanes.yaml', path.join(folder, 'rules/lanes.yaml'));
    expect(code).toBe(1);
    expect(said).toMatch(
      /Nothing was accepted\. Mend these first:\n[^]*rules\/lanes\.yaml:\d+:\d+: /,
    );
  });

  test('with rules that never do what they say, neither', async () => {
    edit('start.yaml', 'confidence: { at_least: 90 }', 'confidence: { at_least: 90, at_most: 10 }');
    const { code, said } = await run(['rules', 'accept']);
    cpSync('rules/start.yaml', path.join(folder, 'rules/start.yaml'));
    expect(code).toBe(1);
    expect(said).toMatch(
      /got 1\. Nothing was accepted\. Mend these first:\n *rules\/start\.yaml:\d+:\d+: expected a condition that some facts meet, /,
    );
  });

  test('those of another folder can be accepted, with a word on what that takes', async () => {
    expect((await run(['rules', 'accept', '--rules', 'rules'])).said).toMatch(
      /^AIOS is started with the rules in .*: bring these there before that\.$/m,
    );
    expect((await run(['rules', 'accept'])).code).toBe(0);
  });

  test('AIOS_RULES=auto takes them by itself, with an entry and a warning', async () => {
    edit('limits.yaml', '# a remark\n', '');
    const before = await acceptances();
    const program = await start({ AIOS_RULES: 'auto' });
    expect(program.said()).toMatch(
      /AIOS_RULES=auto: the rules on disk were not accepted and are in force now, .* Warnings in them: \d+ \(aios rules check\)\./,
    );
    await stop();
    const after = await acceptances();
    expect(after.slice(before.length)).toMatchObject([
      { actor: { kind: 'system' }, data: { by: 'auto', files: { changed: 1 } } },
    ]);
    await start();
    expect(await acceptances()).toHaveLength(after.length);
    const verified = await run(['ledger', 'verify']);
    expect(verified.said).not.toContain('fault');
    expect(verified.code).toBe(0);
  });

  test('AIOS_RULES=auto takes none that never do what they say: it refuses the start as accept does', async () => {
    const before = await acceptances();
    edit('start.yaml', 'confidence: { at_least: 90 }', 'confidence: { at_least: 90, at_most: 10 }');
    const accepted = await run(['rules', 'accept']);
    const started = await run(['start'], { AIOS_RULES: 'auto' });
    const acted = await run(['client', 'new', 'acme', 'Acme'], { AIOS_RULES: 'auto' });
    cpSync('rules/start.yaml', path.join(folder, 'rules/start.yaml'));
    expect(accepted.said).toMatch(
      /got 1\. Nothing was accepted\. Mend these first:\nrules\/start\.yaml:/,
    );
    for (const refused of [started, acted])
      expect(refused).toEqual({ code: 1, said: expect.stringContaining(accepted.said) });
    expect(readPostmaster(path.join(place.home, 'pg')).is).toBe('none');
    expect(await acceptances()).toEqual(before);
  });
});

describe('what it does not know', () => {
  test.each([
    [['rules', 'paint'], /Expected one of show, check, diff, accept, replay, got "paint"/],
    [['rules', 'toString'], /Expected one of show/],
    [['rules', 'accept', 'now'], /Expected the words of `accept`/],
    [['rules', '--yes'], /Unknown option '--yes'/],
  ])('%j is refused with the usage', async (args, says) => {
    const { code, said } = await run(args);
    expect(code).toBe(1);
    expect(said).toMatch(says);
    expect(said).toContain('aios rules [show] | check');
  });

  test('AIOS_RULES is accepted or auto', async () => {
    const { code, said } = await run(['rules'], { AIOS_RULES: 'yes' });
    expect(code).toBe(1);
    expect(said).toContain('AIOS_RULES');
  });
});
