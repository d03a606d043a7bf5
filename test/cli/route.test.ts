import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { route as command } from '../../src/cli/route.ts';
import { readConfig } from '../../src/config.ts';
import { Fault } from '../../src/core/fault.ts';

let top: string;
let home: string;
beforeAll(() => {
  top = mkdtempSync(path.join(os.tmpdir(), 'aios-route-'));
  home = path.join(top, 'home');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));
// A trial opens no database and makes no folder: nothing is ever there where the installation would be.
afterEach(() => expect(existsSync(home)).toBe(false));

type Said = { readonly code: number; readonly said: string };
async function route(...args: readonly string[]): Promise<Said> {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  const config = readConfig({
    AIOS_HOME: home,
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  });
  try {
    return { code: await command(config, args), said: lines.join('\n') };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return { code: 1, said: thrown.message };
  } finally {
    log.mockRestore();
  }
}

type Data = {
  readonly asks: boolean;
  readonly ask_reason: string | null;
  readonly tasks: readonly Readonly<Record<string, unknown>>[];
  readonly answers: readonly Readonly<Record<string, unknown>>[];
  readonly context: readonly string[];
};
const data = async (...args: readonly string[]): Promise<Data> => {
  const { code, said } = await route(...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(said) as Data;
};

describe('for a person', () => {
  test('says where it goes, by which rule, and why', async () => {
    const { code, said } = await route('fix the typos in this', '--files', 'about.md');
    expect(code).toBe(0);
    expect(said).toContain('1  "fix the typos in this"');
    expect(said).toContain('proofread.fix: proofreader on the local lane, gate editorial, by ');
    expect(said).toContain('files: about.md');
    expect(said).toContain('ordinary, medium consequence');
    expect(said).toContain('nothing was written and nobody asked');
  });

  test('says what it would ask, and what makes no task', async () => {
    expect((await route('proofread this')).said).toContain('asks about files: ');
    const { said } = await route('please pay the printer 300 euro');
    expect(said).toContain('No task: "please pay the printer 300 euro"');
    expect(said).toContain('human.money');
  });

  test('says the order of pieces', async () => {
    const { said } = await route(
      'proofread the letter, then translate it into German',
      '--files',
      'letter.md',
    );
    expect(said).toContain('2  "translate it into German" (after 1)');
  });
});

describe('as data', () => {
  test('has the keys that other programs read', async () => {
    const found = await data('fix the typos in this', '--files', 'about.md');
    expect(found).toMatchObject({ asks: false, ask_reason: null, answers: [], context: [] });
    expect(found.tasks).toEqual([
      expect.objectContaining({
        text: 'fix the typos in this',
        kind: 'proofread.fix',
        persona: 'proofreader',
        lane: 'local',
        gate: 'editorial',
        rule: expect.stringMatching(/LANE-020/),
        confidence: expect.any(Number),
        candidates: expect.arrayContaining(['proofreader']),
        sensitive: false,
        consequence: 'medium',
        sources: expect.objectContaining({ cloud: 'setting' }),
        asks: null,
      }),
    ]);
  });

  test('a question has a reason, and so has what nobody here does', async () => {
    const asked = await data('proofread this');
    expect(asked).toMatchObject({ asks: true, tasks: [{ lane: null, gate: null, asks: 'files' }] });
    expect(asked.ask_reason).toMatch(/^files: /);
    const nobody = await data('the tap in the kitchen drips');
    expect(nobody).toMatchObject({ asks: true, tasks: [], answers: [{ sort: 'nobody' }] });
    expect(nobody.ask_reason).toMatch(/^nobody: /);
    expect(await data('thanks, that was quick!')).toMatchObject({ asks: false, ask_reason: null });
  });

  test.each([
    [['--files', 'a.md,b.md']],
    [['--files', 'a.md', '--files', 'b.md']],
    [['--files', 'a.md', 'b.md']],
    [['--files=a.md', '--files=b.md']],
  ])('files are named as %j', async (flags) => {
    const { tasks } = await data('format these files', ...flags);
    expect(tasks[0]?.['files']).toEqual(['a.md', 'b.md']);
  });

  test('what a client said of the cloud counts', async () => {
    const lane = async (...flags: readonly string[]) =>
      (await data('draft a blog post about bees, 600 words', ...flags)).tasks[0];
    expect(await lane()).toMatchObject({ lane: 'senior' });
    expect(await lane('--cloud', 'unset')).toMatchObject({ lane: null, asks: 'cloud' });
    expect((await lane('--cloud', 'never'))?.['lane']).not.toBe('senior');
  });
});

describe('a file of requests', () => {
  const file = (...lines: readonly string[]): string => {
    const name = path.join(top, 'requests.jsonl');
    writeFileSync(name, lines.join('\n'));
    return name;
  };
  const line = (text: string, ...files: readonly string[]): string =>
    JSON.stringify({ text, files });

  test('gives one line for each, in their order; blank lines give none', async () => {
    const name = file(
      line('fix the typos in this', 'a.md'),
      '',
      '  ',
      line('thanks, that was quick!'),
      '{"text":"proofread this"}',
      '',
    );
    const { code, said } = await route('--batch', name, '--json');
    const found = said.split('\n').map((one) => JSON.parse(one) as Data);
    expect(code).toBe(0);
    expect(found.map(({ tasks, asks }) => [tasks[0]?.['kind'], asks])).toEqual([
      ['proofread.fix', false],
      [undefined, false],
      ['proofread.fix', true],
    ]);
    expect(found[0]).toEqual(await data('fix the typos in this', '--files', 'a.md'));
  });

  test.each([
    ['{', /expected one JSON object a line/],
    ['"words"', /expected \{"text", "files"\?, "client"\?\}/],
    ['{"files":[]}', /text: /],
    ['{"text":""}', /text: expected the words of a request/],
    ['{"text":"x","files":"a.md"}', /files: /],
  ])(
    'a line that is %s gives an error in its place, and the others go on',
    async (broken, says) => {
      const { code, said } = await route(
        '--batch',
        file(line('format these'), '', broken, line('format these')),
        '--json',
      );
      const found = said
        .split('\n')
        .map((one) => JSON.parse(one) as Partial<Data> & { line?: number });
      expect(code).toBe(1);
      expect(found).toHaveLength(3);
      expect(found[1]).toEqual({ line: 3, error: expect.stringMatching(says) });
      expect(found[2]).toEqual(found[0]);
    },
  );

  test('an empty file gives nothing; one that is not there is told', async () => {
    expect(await route('--batch', file(''), '--json')).toEqual({ code: 0, said: '' });
    const { code, said } = await route('--batch', path.join(top, 'none.jsonl'), '--json');
    expect([code, said]).toEqual([
      1,
      expect.stringContaining('Expected a file of requests, got: '),
    ]);
  });
});

test.each([
  [[], 'Expected one request, or a file of them.'],
  [['format', 'these'], 'Expected the request in quotes, got several words.'],
  [
    ['format these', '--batch', 'x.jsonl', '--json'],
    'Expected --batch with --json and no request or files.',
  ],
  [['--batch', 'x.jsonl'], 'Expected --batch with --json and no request or files.'],
  [
    ['--batch', 'x.jsonl', '--json', '--files', 'a.md'],
    'Expected --batch with --json and no request or files.',
  ],
  [['format these', '--file', 'a.md'], "Unknown option '--file'"],
  [
    ['format these', '--cloud', 'maybe'],
    'Expected --cloud with one of unset, never, redacted, allowed, got "maybe".',
  ],
  [['format these', '--rules', '/nowhere'], 'expected a readable'],
  [['format these', '--client', 'acme'], 'The Postgres of DATABASE_URL cannot be used: '],
])('%j is refused in words', async (args, says) => {
  const { code, said } = await route(...args);
  expect(code).toBe(1);
  expect(said).toContain(says);
});
