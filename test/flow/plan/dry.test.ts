import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LANES } from '../../../src/core/lane.ts';
import { HUMAN } from '../../../src/core/persona.ts';
import { moment } from '../../../src/core/moment.ts';
import { split } from '../../../src/core/split/split.ts';
import { planDry } from '../../../src/flow/plan/dry.ts';
import type { DryPlan, Trial } from '../../../src/flow/plan/dry.ts';
import type { Deciding, Health } from '../../../src/flow/plan/piece.ts';
import { decidePieces } from '../../../src/flow/plan/put-pieces.ts';
import { openLibrary } from '../../../src/main/library.ts';
import { newClient } from '../../helpers/texts.ts';
import { makeTestWorld } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

const READY = Object.fromEntries(
  LANES.map((lane) => [lane, { is: 'ready', model: '', rehearsal: false }]),
) as Health;
const world: Deciding = {
  library: await openLibrary({ rules: 'rules', personas: 'personas' }),
  clock: { now: () => moment(Date.UTC(2026, 10, 26)), newId: () => 'none' as never },
};
const known = world.library.personas.byId;

const dry = (text: string, files: readonly string[] = [], more: Partial<Trial> = {}): DryPlan =>
  planDry(world, { text, files, client: { cloud: 'allowed' }, health: READY, ...more });

/** A task in a few words: `draft.blog senior` or `draft.blog ask files`, and what it comes after. */
const inShort = ({ kind, lane, asks, after }: DryPlan['tasks'][number]): string =>
  `${kind} ${asks === null ? lane : `ask ${asks.about}`}${after === null ? '' : ` after ${after}`}`;

type Row = readonly [
  text: string,
  files: readonly string[],
  tasks: readonly string[],
  answers?: readonly string[],
  context?: readonly string[],
];
const ROWS: readonly Row[] = [
  ['format these files', ['notes.md', 'data.json'], ['format.files tool']],
  ['fix the typos in this', ['about.md'], ['proofread.fix local']],
  ['write tests for this function', ['a.ts'], ['write.tests seat']],
  ['draft a blog post about bees, 600 words', [], ['draft.blog senior']],
  ['harden the plugin', ['a.php'], ['harden.plugin senior']],
  ['proofread this', [], ['proofread.fix ask files']],
  ['make this better', ['a.md'], ['unclear ask kind']],
  ['please pay the printer 300 euro', [], [], ['human.money human']],
  ['thanks, that was quick!', [], [], ['chit.chat talk']],
  ['the tap in the kitchen drips', [], [], ['nobody.here nobody']],
  [
    'proofread the letter, then translate it into German',
    ['letter.md'],
    ['proofread.fix local', 'translate.text local after 1'],
  ],
  [
    '1. fix the typos in about.md\n2. format notes.json\n3. pay the invoice of the printer',
    ['about.md', 'notes.json'],
    ['proofread.fix local', 'format.files tool'],
    ['human.money human'],
  ],
  [
    'Hi team, proofread the letter. Also harden the plugin. Thanks, no rush!',
    ['letter.md', 'a.php'],
    ['proofread.fix local', 'harden.plugin senior'],
    [],
    ['Hi team', 'Thanks', 'no rush!'],
  ],
];

describe('what a request would become', () => {
  test.each(ROWS)('%s', (text, files, tasks, answers = [], context = []) => {
    const plan = dry(text, files);
    expect(plan.tasks.map(inShort)).toEqual(tasks);
    expect(plan.answers.map(({ kind, sort }) => `${kind} ${sort}`)).toEqual(answers);
    expect(plan.context).toEqual(context);
    expect(dry(text, files)).toEqual(plan);
  });

  test('files stand with the piece they belong to', () => {
    const [row] = ROWS.slice(-2);
    const { tasks } = dry(row?.[0] ?? '', row?.[1]);
    expect(tasks.map((task) => task.files)).toEqual([['about.md'], ['notes.json']]);
  });

  test('every fact that words or settings caused says so', () => {
    const [task] = dry('shorten this letter to our patient', ['letter.md']).tasks;
    expect(task?.sources).toMatchObject({
      sensitivity: expect.stringMatching(/^cue: .*\(RAISE-[A-Z]+\)$/),
      cloud: 'setting',
      files: 'default',
    });
  });

  test('a split that would be a guess is asked about before anything else', () => {
    const text = 'Proofread the following list:\n- audit the site\n- harden the plugin';
    const [task, ...more] = dry(text, []).tasks;
    expect(more).toEqual([]);
    expect(task).toMatchObject({ asks: { about: 'pieces' }, lane: null, gate: null });
    expect(task?.rule).toContain('ASK-PIECES');
    expect(task?.asks?.question).toContain('the list may be tasks');
  });
});

const AWAY = ['seat', 'senior'];

/** What holds of every plan, whatever was asked. */
function holdsOf(plan: DryPlan): void {
  for (const task of plan.tasks) {
    const { candidates, asks, lane, gate, persona, confidence } = task;
    expect(candidates.length).toBeLessThanOrEqual(3);
    expect(new Set(candidates).size).toBe(candidates.length);
    for (const id of candidates) expect(id === HUMAN || known.has(id)).toBe(true);
    if (candidates.length > 0) expect(candidates[0]).toBe(persona);
    expect([lane === null, gate === null]).toEqual([asks !== null, asks !== null]);
    if (task.sensitive) expect(AWAY).not.toContain(lane);
    expect(Number.isInteger(confidence) && confidence >= 0 && confidence <= 100).toBe(true);
    expect(task.rule).toMatch(/^\S+#\S+@[0-9a-f]+$/);
    if (task.after !== null) expect(plan.tasks.length + plan.answers.length).toBeGreaterThan(1);
  }
  for (const { says } of plan.answers) expect(says).not.toBe('');
}

const bit = fc.constantFrom(
  ...ROWS.map(([text]) => text),
  'the salaries of our staff',
  'Ann Smith, 07700 900142\nBob Jones, 07700 900143',
  'password: hunter2!',
  'lane: senior',
  'use the seat lane',
  'for our patient with cancer',
  'this is not confidential',
  'before that, check the links',
  '- write the alt texts\n- draft a newsletter',
);
const joint = fc.constantFrom('. ', ', ', ' and ', ', then ', '\n', '\n\n');
const requests = fc
  .array(fc.tuple(bit, joint), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.flat().join(''));
const files = fc.subarray(['a.md', 'b.php', 'staff.csv', 'c.html', 'photo.jpg']);

describe('what holds of every plan', () => {
  test.each([
    ['requests made of requests', requests],
    ['any text at all', fc.string({ unit: 'grapheme', maxLength: 200 })],
  ])('%s', (_name, texts) => {
    fc.assert(
      fc.property(texts, files, fc.boolean(), (text, names, approver) => {
        holdsOf(dry(text, names, { asker: approver ? 'approver' : 'colleague' }));
      }),
      { numRuns: 200 },
    );
  });

  test.each(['payroll of all staff.csv', 'patients.xlsx', 'members.csv'])(
    'a file called %s keeps a task on the machine, whatever lane is named',
    (name) => {
      for (const lane of AWAY)
        for (const asker of ['colleague', 'approver'] as const) {
          const { tasks } = dry(`draft a blog post from this, lane: ${lane}`, [name], { asker });
          expect(tasks).not.toHaveLength(0);
          for (const task of tasks) {
            expect(task.sensitive).toBe(true);
            expect(AWAY).not.toContain(task.lane);
          }
        }
    },
  );

  test('what is told in one sentence of running prose keeps the next on the machine; points of a list stand alone', () => {
    const told = 'fix the typos in the letter about the salary of our colleague';
    const other = 'draft a blog post about bees';
    const lanes = (text: string) =>
      dry(text, ['letter.md']).tasks.map(({ sensitive, lane }) => [sensitive, lane]);
    expect(lanes(`${told}. Also ${other}.`)).toEqual([
      [true, 'local'],
      [true, null],
    ]);
    expect(lanes(`- ${told}\n- ${other}`)).toEqual([
      [true, 'local'],
      [false, 'senior'],
    ]);
  });

  test('a client whose work never leaves keeps everything on the machine', () => {
    for (const [text, names] of ROWS)
      for (const task of dry(text, names, { client: { cloud: 'never' } }).tasks)
        expect(AWAY).not.toContain(task.lane);
  });
});

describe('the live path', () => {
  let t: TestWorld;
  beforeAll(async () => {
    t = await makeTestWorld();
    await newClient(t, 'acme');
  }, 60_000);
  afterAll(() => t.close());

  test.each([
    'proofread the letter about the fair: Clay is patiant and kind to hands, then translate it into German',
    'Hi team, draft a blog post about bees. Also pay the printer 300 euro. Thanks!',
    'make this better',
  ])('decides the same of: %s', async (text) => {
    const row = (await t.world.store.clients()).find(({ slug }) => slug === 'acme');
    if (row === undefined) throw new Error('there is no client acme');
    const parts = split(text, [], t.world.library.rules);
    const live = await decidePieces(t.world, {
      pieces: parts.pieces.map((piece) => ({
        text: piece.text,
        files: [],
        after: piece.after ?? null,
      })),
      first: 1,
      around: parts.context.join('\n'),
      client: { ...row, cloud: 'allowed' },
    });
    const trial = planDry(t.world, {
      text,
      files: [],
      client: { cloud: 'allowed' },
      health: READY,
    });
    const tasks = live.flatMap((one) => (one.is === 'task' ? [one.decided] : []));
    const answers = live.flatMap((one) => (one.is === 'answer' ? [one] : []));
    expect(trial.context).toEqual(parts.context);
    expect(trial.answers.map(({ text: to, says, rule }) => ({ to, says, rule }))).toEqual(
      answers.map(({ to, says, rule }) => ({ to, says, rule })),
    );
    expect(
      trial.tasks.map((task) => ({
        kind: task.kind,
        lane: task.lane,
        gate: task.gate,
        rule: task.rule,
        confidence: task.confidence,
        consequence: task.consequence,
      })),
    ).toEqual(
      tasks.map(({ route, facts }) => ({
        kind: facts.kind,
        lane: route.is === 'lane' ? route.lane : null,
        gate: route.is === 'lane' ? route.gate : null,
        rule: route.rule,
        confidence: facts.confidence,
        consequence: facts.consequence,
      })),
    );
  });
});
