import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { rules as command } from '../../src/cli/rules.ts';
import { readConfig } from '../../src/config.ts';
import { Fault } from '../../src/core/fault.ts';
import type { Finding, Report } from '../../src/library/rules-report.ts';
import { FINDING_CODES } from '../../src/library/rules-report.ts';

jest.setTimeout(120_000);

let top: string;
beforeAll(() => {
  top = mkdtempSync(path.join(os.tmpdir(), 'aios-rules-'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

type Change = (text: string) => string;
let made = 0;

/** A copy of the shipped rules with some files changed; a change to nothing fails the test. */
function copy(changes: Readonly<Record<string, Change>> = {}): string {
  const folder = path.join(top, `rules-${made++}`);
  cpSync('rules', folder, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const before = readFileSync(path.join(folder, name), 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`the change to ${name} changes nothing`);
    writeFileSync(path.join(folder, name), after);
  }
  return folder;
}

async function rules(...args: readonly string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  try {
    return { code: await command(readConfig({}), args), said: lines.join('\n') };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return { code: 1, said: thrown.message };
  } finally {
    log.mockRestore();
  }
}

async function report(folder: string): Promise<Report & { readonly code: number }> {
  const { code, said } = await rules('check', '--json', '--rules', folder);
  return { ...(JSON.parse(said) as Report), code };
}

const put =
  (from: string, to: string): Change =>
  (text) =>
    text.replace(from, to);

/** A lane rule put before `otherwise`. */
const lane =
  (id: string, when: string, act: string): Change =>
  (text) =>
    text.replace(
      '\notherwise:',
      `
  - id: ${id}
    title: A rule of a test
    because: It is tried.
    source: { document: practice/pillars.md, heading: A person is the router }
    owner: owner
    since: 2026-11-26
    when: ${when}
    do: ${act}
    examples:
      - { facts: { kind: edit.draft, sensitivity: confidential }, expect: LANE-999 }

otherwise:`,
    );

const limit =
  (id: string, when: string, act: string): Change =>
  (text) => `${text}
  - id: ${id}
    title: A limit of a test
    because: It is tried.
    source: { document: practice/pillars.md, heading: A person is the router }
    when: ${when}
    do: ${act}
    examples:
      - { facts: { kind: unclear, rounds: 77 }, expect: false }
`;

type Planted = readonly [what: string, changes: Record<string, Change>, found: Partial<Finding>];
const PLANTED: readonly Planted[] = [
  [
    'a rule that others hide',
    { 'lanes.yaml': lane('LANE-500', '{ judgement: { is: routine } }', '{ lane: senior }') },
    { level: 'error', code: 'never-reached', rule: 'LANE-500' },
  ],
  [
    'a condition that contradicts itself',
    { 'lanes.yaml': lane('LANE-500', '{ words: { at_least: 9, at_most: 3 } }', '{ lane: local }') },
    { level: 'error', code: 'never-holds', rule: 'LANE-500', witness: null },
  ],
  [
    'a kind that never takes that judgement',
    {
      'lanes.yaml': lane(
        'LANE-500',
        '{ kind: { is: draft.blog }, judgement: { is: none } }',
        '{ lane: local }',
      ),
    },
    {
      code: 'never-holds',
      says: expect.stringContaining('draft.blog takes senior') as unknown as string,
    },
  ],
  [
    'a lane that a limit always forbids',
    {
      'lanes.yaml': put(
        'when: { judgement: { is: craft } }',
        'when: { judgement: { is: craft }, cloud: { is: never } }',
      ),
    },
    { level: 'error', code: 'forbidden-lane', rule: 'LANE-060' },
  ],
  [
    'the tool lane for kinds without a program',
    { 'lanes.yaml': lane('LANE-500', '{ kind: { is: draft.blog } }', '{ lane: tool }') },
    { level: 'error', code: 'no-program', rule: 'LANE-500' },
  ],
  [
    'a limit that leaves nothing',
    {
      'limits.yaml': limit(
        'LIMIT-500',
        '{ rounds: { at_least: 80 } }',
        '{ forbid: [tool, local, seat, senior] }',
      ),
    },
    { level: 'error', code: 'leaves-no-lane', rule: 'LIMIT-500' },
  ],
  [
    'a limit that is never met',
    {
      'limits.yaml': limit(
        'LIMIT-500',
        '{ kind: { is: chit.chat }, judgement: { is: none } }',
        '{ ask: kind }',
      ),
    },
    { level: 'error', code: 'never-holds', rule: 'LIMIT-500' },
  ],
  [
    'two rules that contradict each other',
    {
      'lanes.yaml': (text) =>
        lane(
          'LANE-500',
          '{ files: { at_least: 50 } }',
          '{ lane: local }',
        )(
          put(
            'judgement: { is: senior } }',
            'judgement: { is: senior }, files: { at_most: 90 } }',
          )(text),
        ),
    },
    { level: 'warning', code: 'overlap', rule: 'LANE-500' },
  ],
  [
    'a hole',
    {
      'lanes.yaml': put(
        '{ judgement: { is: senior } }',
        '{ judgement: { is: senior }, files: { at_most: 90 } }',
      ),
    },
    { level: 'warning', code: 'gap', rule: 'LANE-999' },
  ],
  [
    'a file type that nobody knows',
    { 'lanes.yaml': lane('LANE-500', '{ fileTypes: { is: phhp } }', '{ lane: local }') },
    {
      level: 'warning',
      code: 'unknown-name',
      rule: 'LANE-500',
      says: 'no kind, cue or hint knows files of type phhp. Did you mean php?',
    },
  ],
  [
    'a kind that does not exist',
    { 'lanes.yaml': put('kind: { is: harden.plugin }', 'kind: { is: harden.plugins }') },
    {
      level: 'error',
      code: 'unknown-name',
      says: expect.stringContaining('Did you mean harden.plugin?') as unknown as string,
    },
  ],
  [
    'an id twice',
    { 'lanes.yaml': put('id: LANE-020', 'id: LIMIT-020') },
    { level: 'error', code: 'duplicate-id', rule: 'LIMIT-020' },
  ],
  [
    'a dead heading',
    { 'practice/stances.md': put('## Voice and judgement', '## Voice') },
    { level: 'error', code: 'dead-source', rule: 'LANE-080' },
  ],
  [
    'an example that no longer holds',
    { 'lanes.yaml': put('words: 9000 }, expect: LANE-030', 'words: 900 }, expect: LANE-030') },
    { level: 'error', code: 'broken-example', rule: 'LANE-030' },
  ],
];

/** What no facts can show. */
const UNSHOWN = ['never-holds', 'unknown-name', 'duplicate-id', 'dead-source'];

describe('aios rules check', () => {
  test('finds no error and no warning in the shipped rules', async () => {
    const { code, said } = await rules('check');
    expect(said).toMatch(/^0 errors, 0 warnings, \d+ notes\. The notes: aios rules check --notes$/);
    expect(code).toBe(0);
    expect((await rules('check', '--notes')).said).toMatch(
      /rules\/lanes\.yaml:\d+:\d+ note gap LANE-999/,
    );
  });

  test.each(PLANTED)('%s: told with its place and a witness', async (_what, changes, found) => {
    const folder = copy(changes);
    const { findings, counts, code } = await report(folder);
    const [name = ''] = Object.keys(changes).filter((file) => !file.startsWith('practice'));
    const planted = findings.find(
      (one) => one.code === found.code && one.rule === (found.rule ?? one.rule),
    );
    expect(planted).toMatchObject(found);
    if (name !== '') expect(planted?.place.file).toBe(path.join(folder, name));
    if (!UNSHOWN.includes(found.code ?? '')) expect(planted?.witness?.when).toMatch(/^when /);
    expect(code).toBe(counts.error > 0 ? 1 : 0);
    for (const { code: each } of findings) expect(FINDING_CODES).toContain(each);
  });

  test('says where, in words and by file', async () => {
    const folder = copy({
      'lanes.yaml': put('words: 9000 }, expect: LANE-030', 'words: 9 }, expect: LANE-030'),
    });
    const { said, code } = await rules('check', '--rules', folder);
    expect(code).toBe(1);
    const file = path.join(folder, 'lanes.yaml');
    expect(said.split('\n').slice(0, 4)).toEqual([
      file,
      expect.stringMatching(/^ {2}\S+lanes\.yaml:\d+:9 error broken-example LANE-030$/),
      '    expected LANE-030 to decide, got lanes.yaml#LANE-020. Mend the example or the rules.',
      '    when kind is rewrite.plain, words is 9',
    ]);
    expect(said).toMatch(/\n1 error, 0 warnings, /);
  });

  test.each([
    [['paint'], /Expected one of show, check, diff, accept, replay, got "paint"/],
    [['toString'], /Expected one of show, check/],
    [['check', 'twice'], /Expected the words of `check`/],
    [['check', '--wrong'], /Unknown option '--wrong'/],
  ])('%j is refused with the usage', async (args, says) => {
    const { code, said } = await rules(...args);
    expect(code).toBe(1);
    expect(said).toMatch(says);
    expect(said).toContain('aios rules [show] | check');
  });
});

describe('hostile files', () => {
  test('are refused in one go, each with a sentence', async () => {
    const folder = copy();
    const file = (name: string): string => path.join(folder, name);
    const instead = (name: string, put: (file: string) => void): void => {
      rmSync(file(name));
      put(file(name));
    };
    instead('lanes.yaml', (name) => mkdirSync(name));
    instead('limits.yaml', (name) => symlinkSync('/dev/zero', name));
    instead('start.yaml', (name) => writeFileSync(name, 'x'.repeat(10_000_000)));
    instead('gates.yaml', (name) => writeFileSync(name, '-\t'.repeat(200_000)));
    instead('life.yaml', (name) => writeFileSync(name, Buffer.from([0x61, 0x3a, 0x20, 0xff])));
    const begin = performance.now();
    const { said, code } = await rules('check', '--rules', folder);
    expect(performance.now() - begin).toBeLessThan(20_000);
    expect(code).toBe(1);
    for (const says of [
      'got: a folder',
      'got: a link that leads out of its folder',
      'got: 10000000 bytes, and at most 2000000 are read',
      'expected at most 24 levels of nesting',
      'got: bytes that are no UTF-8',
    ])
      expect(said).toContain(says);
    expect(said).toMatch(/\n5 errors, /);
  });
});
