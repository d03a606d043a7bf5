import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Persona } from '../../src/core/persona.ts';
import type { Library } from '../../src/flow/ports/world.ts';
import type { LaneClient } from '../../src/flow/ports/lanes.ts';
import { makeLocalLane } from '../../src/lanes/local.ts';
import { openLibrary } from '../../src/main/library.ts';
import { openRehearsal } from '../../src/rehearsal/open.ts';
import { built } from '../helpers/built.ts';

type Wanted = { readonly text: string; readonly kind: string; readonly files?: readonly string[] };
type Cell = { readonly request: number; readonly persona: string; readonly is: string };
type Share = { readonly of: number; readonly yes: number };
type Figures = Readonly<
  Record<'own' | 'neighbour' | 'stranger' | 'handOff' | 'reached' | 'broken', Share>
> & {
  readonly hops: number | null;
  readonly pingPong: number;
};
type Walked = { readonly had: readonly string[]; readonly end: string; readonly back: boolean };
type Said = { readonly fit: string; readonly to: string | null };
type Harness = {
  cellsOf(
    requests: readonly Wanted[],
    of: { kinds: Library['rules']['kinds']; byId: ReadonlyMap<string, Persona> },
    seed?: number,
  ): readonly Cell[];
  measure(
    desk: { lane: LaneClient; library: Library },
    how: { requests: readonly Wanted[]; seed?: number; say: (sentence: string) => void },
  ): Promise<{ rehearsal: boolean; figures: { brief: Figures; description: Figures } }>;
  walk(
    way: { from: string; most: number; byId: ReadonlyMap<string, unknown> },
    askAt: (id: string) => Promise<Said>,
  ): Promise<Walked>;
  systemOf(library: Library, asked: { persona: Persona; request: Wanted; manner: string }): string;
  readRequests(file: string, kinds: ReadonlyMap<string, unknown>): Promise<readonly Wanted[]>;
};

const REQUESTS = 'fixtures/personas/requests.yaml';
const MINE: Wanted = { text: 'please proofread the attached leaflet', kind: 'proofread.fix' };
const NOBODY: Wanted = { text: 'is this ok?', kind: 'unclear' };

let harness: Harness;
let library: Library;
beforeAll(async () => {
  await built();
  const parts = ['cells', 'model', 'walk', 'ask', 'requests'].map(async (name) => {
    const file: string = `../../bench/personas/${name}.mjs`;
    return (await import(file)) as Partial<Harness>;
  });
  harness = Object.assign({}, ...(await Promise.all(parts))) as Harness;
  library = await openLibrary({ rules: 'rules', personas: 'personas' });
}, 120_000);

const desks = () => ({ kinds: library.rules.kinds, byId: library.personas.byId });

describe('the cells that are asked', () => {
  test('are a request’s own specialist, three neighbours and five strangers, each once', async () => {
    const requests = await harness.readRequests(REQUESTS, library.rules.kinds);
    const cells = harness.cellsOf(requests, desks());
    for (const [request, { kind }] of requests.entries()) {
      const found = cells.filter((c) => c.request === request);
      const work = library.rules.kinds.get(kind);
      const owned = work?.sort === 'work';
      const named = found.map((c) => c.is);
      expect(named.filter((is) => is === 'own')).toHaveLength(owned ? 1 : 0);
      expect(named.filter((is) => is === 'neighbour')).toHaveLength(owned ? 3 : 0);
      expect(named.filter((is) => is === 'stranger')).toHaveLength(5);
      expect(new Set(found.map((c) => c.persona)).size).toBe(found.length);
      if (owned) expect(found[0]?.persona).toBe(work.persona);
    }
    expect(harness.cellsOf(requests, desks())).toEqual(cells);
    expect(harness.cellsOf(requests, desks(), 2)).not.toEqual(cells);
  });

  test('a request of a kind that is none is refused by its words', async () => {
    await expect(harness.readRequests(REQUESTS, new Map())).rejects.toThrow(/Expected a kind of/);
  });
});

describe('a walk from a wrong desk', () => {
  const byId = new Map(['a', 'b', 'c', 'd'].map((id) => [id, {}]));
  const walk = (answers: Readonly<Record<string, Said>>) =>
    harness.walk(
      { from: 'a', most: 2, byId },
      async (id) => answers[id] ?? { fit: 'mine', to: null },
    );
  const to = (id: string | null): Said => ({ fit: 'not_mine', to: id });

  test.each([
    ['ends where it is taken', { a: to('b') }, { had: ['a', 'b'], end: 'taken', back: false }],
    ['is no ping-pong', { a: to('b'), b: to('a') }, { had: ['a', 'b'], end: 'back', back: true }],
    [
      'goes on twice at most',
      { a: to('b'), b: to('c'), c: to('d') },
      { had: ['a', 'b', 'c'], end: 'limit', back: false },
    ],
    [
      'stops at a name that is nobody’s',
      { a: to('x') },
      { had: ['a'], end: 'unknown', back: false },
    ],
    [
      'stops at an answer off the contract',
      { a: { fit: 'broken', to: null } },
      { had: ['a'], end: 'broken', back: false },
    ],
  ])('%s', async (_name, answers, walked) => {
    expect(await walk(answers)).toEqual(walked);
  });
});

test('description-only specialists get their scope and the shape of the answer, and nothing else of their file', () => {
  const persona = library.personas.byId.get('editor');
  if (persona === undefined) throw new Error('no editor');
  const asked = { persona, request: { text: '', kind: 'edit.draft' } };
  const whole = harness.systemOf(library, { ...asked, manner: 'brief' });
  const cut = harness.systemOf(library, { ...asked, manner: 'description' });
  for (const words of [persona.brief, persona.declines[0]?.what ?? '?', '# Your checklist'])
    expect([whole.includes(words), cut.includes(words)]).toEqual([true, false]);
  for (const words of [persona.scope, '# The answer', 'persona: editor'])
    expect([whole.includes(words), cut.includes(words)]).toEqual([true, true]);
  expect(cut).not.toContain('{{');
});

test('measured on the stand-in over the wire: figures are what the script answered, and are known to be a rehearsal’s', async () => {
  const rehearsal = await openRehearsal();
  const lane = makeLocalLane({ host: rehearsal.ollamaUrl, model: 'x', rehearsal: true });
  const cells = harness.cellsOf([MINE, NOBODY], desks());
  const answers = (persona: string) =>
    persona === 'proofreader'
      ? { as: 'text' as const, text: JSON.stringify(TAKEN) }
      : { as: 'decline' as const, to: 'proofreader' };
  // With its brief everybody but the owner declines; described only, everybody takes everything or asks.
  rehearsal.script(
    ...cells.map(({ persona }) => ({
      lane: 'local' as const,
      match: `persona: ${persona}\n`,
      answer: answers(persona),
    })),
  );
  try {
    const found = await harness.measure(
      { lane, library },
      { requests: [MINE, NOBODY], say: () => undefined },
    );
    expect(found.rehearsal).toBe(true);
    expect(found.figures.brief).toEqual({
      own: { of: 1, yes: 1 },
      neighbour: { of: 3, yes: 3 },
      stranger: { of: 10, yes: 10 },
      handOff: { of: 8, yes: 8 },
      reached: { of: 1, yes: 1 },
      hops: 1,
      pingPong: 0,
      broken: { of: 14, yes: 0 },
    });
    expect(found.figures.description.handOff).toEqual({ of: 0, yes: 0 });
    expect(rehearsal.calls).toHaveLength(28);
  } finally {
    await lane.close();
    await rehearsal.close();
  }
}, 60_000);

const TAKEN = {
  fit: 'mine',
  belongs_to: null,
  deliverable_files: [{ name: 'leaflet.md', text: '# Clay\n' }],
  questions: [],
  assumptions: [],
  confidence: 70,
  minutes_by_hand: 10,
  disclosure_note: '',
};

describe('npm run eval:personas', () => {
  const run = (...flags: readonly string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const args = [path.resolve('bench/personas/run.mjs'), ...flags];
      const { OLLAMA_HOST: _own, ...env } = process.env;
      execFile(process.execPath, args, { env }, (error, out, err) => {
        resolve({ code: Number(error?.code ?? 0), out, err });
      });
    });

  test('says twice that figures of a stand-in mean nothing, and writes no file unless asked', async () => {
    const before = readdirSync('bench/results');
    const { code, out } = await run('--model', 'local', '--limit', '1');
    expect(code).toBe(0);
    expect(out.split('THESE FIGURES MEAN NOTHING')).toHaveLength(3);
    expect(out).toContain('own work accepted');
    expect(out).not.toContain('Written to');
    expect(readdirSync('bench/results')).toEqual(before);
  }, 120_000);

  test.each([
    [['--model', 'tool'], 'Expected --model with one of local, seat, senior, got "tool".'],
    [['--modle', 'local'], 'Expected --model LANE, --limit N, --seed N, --out FILE.'],
    [['--model', 'local', '--limit', 'many'], 'Expected --limit with a whole number, got "many".'],
  ])(
    '%j is refused in words',
    async (flags, says) => {
      const { code, err } = await run(...flags);
      expect([code, err.trim()]).toEqual([2, says]);
    },
    60_000,
  );
});
