import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { CONSEQUENCES } from '../../src/core/facts.ts';
import type { Kind } from '../../src/core/kind.ts';
import { LANES } from '../../src/core/lane.ts';
import { built } from '../helpers/built.ts';
import { rules } from '../helpers/decide.ts';

type Task = {
  readonly text: string;
  readonly kind: string;
  readonly lane?: string;
  readonly sensitive: boolean;
  readonly consequence?: string;
  readonly files?: readonly string[];
  readonly after?: number;
};
type Labelled = {
  readonly text: string;
  readonly files: readonly string[];
  readonly group: string;
  readonly asks: boolean;
  readonly answer?: string;
  readonly tasks: readonly Task[];
};
type Share = { readonly of: number; readonly yes: number };
type Figures = Readonly<Record<string, Share>> & {
  readonly requests: number;
  readonly tasks: number;
  readonly curve: readonly { readonly least: number; readonly covered: Share }[];
};
type Harness = {
  readLabelled(file: string, kinds: ReadonlyMap<string, unknown>): Promise<readonly Labelled[]>;
  evaluate(file: string): Promise<{ tables: string; raw: Figures }>;
};

const HELD_OUT = 'fixtures/routing/held-out.yaml';
const ANSWERED = ['human', 'nobody', 'talk'];
const ASKED = ['vague', 'missing'];

let harness: Harness;
let labels: readonly Labelled[];
let top: string;
beforeAll(async () => {
  top = await mkdtemp(path.join(os.tmpdir(), 'aios-routing-'));
  await built();
  const parts = ['read', 'evaluate'].map(async (name) => {
    const file: string = `../../bench/routing/${name}.mjs`;
    return (await import(file)) as Partial<Harness>;
  });
  harness = Object.assign({}, ...(await Promise.all(parts))) as Harness;
  labels = await harness.readLabelled(HELD_OUT, rules.kinds);
}, 120_000);
afterAll(() => rm(top, { recursive: true, force: true }));

const MOST_SHARED = 4;

/** Every run of words longer than may be shared, joined; a text of fewer words gives none. */
function runsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return words.flatMap((_, i) => {
    const run = words.slice(i, i + MOST_SHARED + 1);
    return run.length > MOST_SHARED ? [run.join(' ')] : [];
  });
}

type Learnt = readonly { readonly text: string; readonly file: string }[];

/** All that is learnt from, with the file it stands in: examples and look-alikes of every kind, requests cut into pieces. */
function learnt(): Learnt {
  const kinds = readdirSync('rules/kinds').flatMap((name) => {
    const file = path.join('rules/kinds', name);
    const { examples, lookalikes = [] } = parse(readFileSync(file, 'utf8')) as {
      examples: readonly string[];
      lookalikes?: readonly { text: string }[];
    };
    return [...examples, ...lookalikes.map(({ text }) => text)].map((text) => ({ text, file }));
  });
  const pieces = readdirSync('fixtures/pieces').flatMap((name) => {
    const file = path.join('fixtures/pieces', name);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => ({ ...(JSON.parse(line) as { text: string }), file }));
  });
  return [...kinds, ...pieces];
}

function isConsistent({ group, tasks, answer, asks }: Labelled): boolean {
  const sort = answer === undefined ? undefined : rules.kinds.get(answer)?.sort;
  if (ANSWERED.includes(group)) return sort === group && tasks.length === 0;
  if (answer !== undefined || tasks.length === 0) return false;
  if (ASKED.includes(group) && !asks) return false;
  return group === 'several' || tasks.length === 1;
}

const among = (all: readonly string[], one: string | undefined): boolean =>
  one === undefined || all.includes(one);

/** `after` counts pieces from 1. */
function namesWhatThereIs(task: Task, i: number, { files, tasks }: Labelled): boolean {
  const { after } = task;
  const waits = after === undefined || (after !== i + 1 && tasks[after - 1] !== undefined);
  const came = (task.files ?? []).every((name) => files.includes(name));
  return waits && came && among(LANES, task.lane) && among(CONSEQUENCES, task.consequence);
}

describe('the labelled requests', () => {
  test('share no more than four words in a row with anything that is learnt from', () => {
    const runs = new Map<string, string>();
    for (const { text, file } of learnt()) for (const run of runsOf(text)) runs.set(run, file);
    expect(runs.size).toBeGreaterThan(1000);
    const shared = labels.flatMap(({ text }) =>
      runsOf(text).flatMap((run) => {
        const file = runs.get(run);
        return file === undefined ? [] : [`"${run}" stands in ${file} too`];
      }),
    );
    expect(shared).toEqual([]);
  });

  test('are at least three hundred, each once, and every kind occurs', () => {
    expect(labels.length).toBeGreaterThanOrEqual(300);
    expect(new Set(labels.map(({ text }) => text.trim())).size).toBe(labels.length);
    const seen = new Set(labels.flatMap((one) => [...one.tasks.map((t) => t.kind), one.answer]));
    expect([...rules.kinds.keys()].filter((kind) => !seen.has(kind))).toEqual([]);
  });

  test('say one thing each: an answer or tasks, several only in the group of those', () => {
    const wrong = labels.filter((label) => !isConsistent(label));
    expect(wrong.map(({ text, group }) => `${group}: ${text}`)).toEqual([]);
  });

  test('name only files that came, lanes and consequences there are, and pieces that come before', () => {
    const wrong = labels.flatMap((label) =>
      label.tasks
        .filter((task, i) => !namesWhatThereIs(task, i, label))
        .map((task) => `${label.text}: ${JSON.stringify(task)}`),
    );
    expect(wrong).toEqual([]);
  });

  test('never have sensitive work on a lane that leaves the machine', () => {
    const tasks = labels.flatMap((one) => one.tasks);
    const away = tasks.filter((t) => t.sensitive && (t.lane === 'seat' || t.lane === 'senior'));
    expect(away).toEqual([]);
    const work = (kind: string): Kind | undefined => rules.kinds.get(kind);
    const unknown = tasks.filter(({ kind }) => kind !== 'unclear' && work(kind)?.sort !== 'work');
    expect(unknown).toEqual([]);
  });
});

test.each([
  ['a group', { text: 'x', group: 'odd' }, 'Expected a group, got "odd".'],
  [
    'a kind',
    { text: 'x', group: 'plain', tasks: [{ kind: 'world.peace' }] },
    'Expected a kind of the practice, got "world.peace" for "x".',
  ],
])('%s nobody knows is refused in words', async (_name, request, says) => {
  const file = path.join(top, 'odd.yaml');
  await writeFile(file, stringify({ requests: [request] }));
  await expect(harness.readLabelled(file, rules.kinds)).rejects.toThrow(says);
});

describe('npm run eval:routing', () => {
  const SMOKE = 20;
  let smoke: string;
  beforeAll(async () => {
    smoke = path.join(top, 'smoke.yaml');
    const { requests } = parse(readFileSync(HELD_OUT, 'utf8')) as { requests: readonly unknown[] };
    await writeFile(smoke, stringify({ requests: requests.slice(0, SMOKE) }));
  });

  test('counts every request and task once, and the same twice', async () => {
    const { raw, tables } = await harness.evaluate(smoke);
    const first = labels.slice(0, SMOKE);
    const tasks = first.flatMap((one) => one.tasks);
    const known = tasks.filter(({ kind }) => kind !== 'unclear').length;
    expect(raw).toMatchObject({
      requests: SMOKE,
      tasks: tasks.length,
      top: { of: known },
      offered: { of: known },
      splits: { of: first.filter((one) => one.tasks.length > 0).length },
      sensitive: { of: tasks.filter((task) => task.sensitive).length },
    });
    for (const share of Object.values(raw))
      if (typeof share === 'object' && 'yes' in share)
        expect(share.yes).toBeLessThanOrEqual(share.of);
    const covered = raw.curve.map((point) => point.covered.yes);
    expect(covered).toEqual(covered.toSorted((a, b) => b - a));
    expect(tables).toContain(
      `${SMOKE} requests, ${tasks.length} tasks in them; no model was asked.`,
    );
    expect((await harness.evaluate(smoke)).raw).toEqual(raw);
  }, 60_000);

  test('says its figures, lists what went wrong when asked, and writes no file for other requests', async () => {
    const kept = (): readonly unknown[] =>
      readdirSync('bench/results').map((name) => [
        name,
        readFileSync(path.join('bench/results', name), 'utf8'),
      ]);
    const before = kept();
    const out = await new Promise<string>((resolve, reject) => {
      const args = [path.resolve('bench/routing/run.mjs'), '--set', smoke, '--show', 'lane'];
      execFile(process.execPath, args, (error, said) =>
        error === null ? resolve(said) : reject(error),
      );
    });
    expect(out).toContain('right persona suggested first');
    expect(kept()).toEqual(before);
  }, 60_000);
});
