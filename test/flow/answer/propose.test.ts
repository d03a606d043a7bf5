import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { refOf } from '../../../src/core/rule-set.ts';
import type { QuestionId, RequestId } from '../../../src/core/id.ts';
import { openAct } from '../../../src/flow/act.ts';
import { propose } from '../../../src/flow/answer/propose.ts';
import { hear } from '../../../src/flow/hear.ts';
import { noteOn } from '../../../src/flow/move.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import type { LaneResult } from '../../../src/flow/ports/lanes.ts';
import { NO_USAGE } from '../../../src/flow/ports/lanes.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import { ACME, COLLEAGUE, numberAt, settleAcme, taskIn } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { sampleData } from '../../helpers/entries.ts';
import { newClient } from '../../helpers/texts.ts';
import { until } from '../../helpers/until.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let running: Running;
let rules: string;
beforeAll(async () => {
  rules = mkdtempSync(path.join(os.tmpdir(), 'aios-propose-'));
  cpSync('rules', rules, { recursive: true });
  const asking = path.join(rules, 'asking.yaml');
  writeFileSync(asking, readFileSync(asking, 'utf8').replace('propose: off', 'propose: local'));
  running = await runAios({ env: { AIOS_RULES_DIR: rules } });
  await settleAcme(running);
}, 60_000);
afterAll(async () => {
  await running.close();
  rmSync(rules, { recursive: true, force: true });
});

const PAGE = {
  name: 'page.html',
  bytes: new TextEncoder().encode('<p>Hello there, all of you.</p>'),
};
/** Not the same words twice: what was answered once is not asked about again. */
let times = 0;
const unclearWords = (): string =>
  `@aios make this page and text ${'ever so much '.repeat(times++)}better somehow`;

/** The model on our own machine answers so the next time it is asked for a proposal. */
function votes(text: string): void {
  const answer = { as: 'text', text } as const;
  running.aios.base.rehearsal?.script({
    lane: 'local',
    match: 'The kinds, each with its title',
    answer,
  });
}

/** An unclear request, up to its question; and the attempt once it has ended. */
async function unclear() {
  const caleb = deskOf(running, COLLEAGUE);
  const number = await numberAt(running, await caleb.say(ACME, unclearWords(), [PAGE]));
  const { task } = await taskIn(running, number, 'asking');
  expect(task.waitsFor).toBe('answer:kind');
  return { caleb, number, task };
}

async function voted(number: number) {
  return until('the attempt has ended', async () => {
    const file = await taskIn(running, number, 'asking');
    const attempt = file.attempts.find((a) => a.purpose === 'propose' && a.endedAt !== null);
    return attempt === undefined ? undefined : { file, attempt };
  });
}

test('a vote puts its kind first and marks it; the entries name it; the person still decides', async () => {
  votes('{"kind":"translate.text"}');
  const { caleb, number, task } = await unclear();
  const before = task.facts;
  const { file, attempt } = await voted(number);
  expect(attempt).toMatchObject({ lane: 'local', persona: '_propose', outcome: 'ok' });
  expect(file.task).toMatchObject({
    state: 'asking',
    version: task.version,
    facts: before,
    lane: task.lane,
  });
  const question = file.questions.find((q) => q.taskId === task.id);
  expect(question?.options).toHaveLength(4);
  expect(question?.options[0]).toEqual({
    value: 'translate.text',
    label: 'Translate a text',
    proposed: true,
  });
  const trail = await running.aios.world.store.trail({ task: task.id });
  const rule = refOf(running.aios.world.library.rules, 'PROPOSE');
  expect(trail.filter((e) => e.attempt === attempt.id)).toMatchObject([
    { type: 'attempt.started', rule, lane: 'local', data: { purpose: 'propose' } },
    { type: 'attempt.ended', rule, data: { question: question?.id, vote: 'translate.text' } },
  ]);
  const card = await caleb.words(ACME, 'proposes');
  await caleb.press(card, 'Translate a text');
  await until('the answer is taken', async () => {
    const { task: now } = await taskIn(running, number, 'proposed', 'held', 'asking');
    return now.kind === 'translate.text';
  });
  const { world } = running.aios;
  await propose(world, question?.id as never, new AbortController().signal);
  const act = openAct(world.clock);
  const note = { type: 'draft.read', actor: { kind: 'system', id: 'test' } } as const;
  const lastEntry = noteOn(act, file.task, { ...note, data: sampleData('draft.read') });
  const where = { id: question?.id as QuestionId };
  act.change({ update: 'question', set: { options: [], lastEntry }, where });
  await expect(world.store.commit(act.close())).rejects.toThrow('its answers stay as they were');
  const again = await taskIn(running, number, 'proposed', 'held', 'asking');
  expect(again.attempts.filter((a) => a.purpose === 'propose')).toHaveLength(1);
});

test.each([
  ['no kind of the list', '{"kind":"approve.yourself"}', 'invalid_output'],
  ['words instead of an answer', 'Use the senior lane and start at once.', 'invalid_output'],
  ['that it cannot tell', '{"kind":"unclear"}', 'ok'],
])('a model that says %s leaves the question as it was', async (_what, text, outcome) => {
  votes(text);
  const { number, task } = await unclear();
  const { file, attempt } = await voted(number);
  expect(attempt.outcome).toBe(outcome);
  expect(file.task).toMatchObject({ state: 'asking', version: task.version, lane: task.lane });
  expect(JSON.stringify(file.questions)).not.toContain('proposed');
});

test('a fault of the lane leaves the question as it was, and is entered', async () => {
  const match = 'The kinds, each with its title';
  running.aios.base.rehearsal?.script({ lane: 'local', match, fault: '500' });
  const { number } = await unclear();
  const { file, attempt } = await voted(number);
  expect(attempt.outcome).not.toBe('ok');
  expect(JSON.stringify(file.questions)).not.toContain('proposed');
});

describe('without workers', () => {
  let t: TestWorld;
  beforeAll(async () => {
    t = await makeTestWorld();
    await newClient(t, 'acme');
    await t.say(OWNER, 'client bind this acme --audience practice', { channel: 'C0ACME' });
  }, 60_000);
  afterAll(() => t.close());

  /** The same world, in which the rules ask for a proposal and the local lane answers so. */
  function proposing(run: () => Promise<LaneResult>): World {
    const { library, lanes } = t.world;
    const settings = { ...library.rules.settings, propose: 'local' } as const;
    const asking = { ...library, rules: { ...library.rules, settings } };
    return { ...t.world, library: asking, lanes: { ...lanes, local: { ...lanes.local, run } } };
  }

  const said = (text: string) => (): Promise<LaneResult> =>
    Promise.resolve({
      provider: 'ollama',
      modelRequested: 'model-local',
      modelServed: 'model-local',
      requestId: null,
      text,
      files: [],
      stop: 'end',
      usage: NO_USAGE,
      latencyMs: 5,
      rehearsal: false,
    });

  /** An unclear request and its question. */
  async function asked(world: World) {
    const ts = `${world.clock.newId<string>()}.1`;
    const heard = { eventId: ts, team: TEAM, channel: 'C0ACME', ts, thread: null } as const;
    const text = 'make this page and text better somehow';
    await hear(world, { ...heard, user: OWNER, text, files: [], door: 'mention' });
    const request = (await world.store.requestFrom(TEAM, 'C0ACME', ts))?.id as RequestId;
    await plan(world, request);
    return standing(world, request);
  }

  async function standing(world: World, request: RequestId) {
    const file = await world.store.requestFile(request);
    const [task, question] = [file?.tasks[0], file?.questions[0]];
    if (task === undefined || question === undefined) throw new Error('nothing was asked');
    return { request, task, question };
  }

  const jobs = async (): Promise<number> =>
    (await t.sql`select 1 from outbox where name = 'propose'`).length;

  const never = new AbortController().signal;

  test('nothing is asked of a model as shipped', async () => {
    const { question } = await asked(t.world);
    expect(await jobs()).toBe(0);
    await propose(t.world, question.id, never);
    expect(await t.sql`select 1 from attempt`).toHaveLength(0);
  });

  test('whatever a model says, the task stays as it is and the answers are those of the list', async () => {
    const { kinds } = t.world.library.rules;
    const kind = fc.constantFrom(...kinds.keys(), 'unclear', 'senior', '');
    const answer = fc.oneof(
      kind.map((id) => JSON.stringify({ kind: id })),
      kind.map((id) => JSON.stringify({ kind: id, lane: 'senior', sensitivity: 'ordinary' })),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(answer, async (text) => {
        const world = proposing(said(text));
        const { request, task, question } = await asked(world);
        await propose(world, question.id, never);
        const after = await standing(world, request);
        expect(after.task).toEqual(task);
        expect(after.question).toMatchObject({ answeredAt: null, answer: null, about: 'kind' });
        const { options } = after.question;
        expect(options.length).toBeLessThanOrEqual(question.options.length);
        expect(options.at(-1)).toEqual(question.options.at(-1));
        for (const { value, proposed } of options) {
          const known = question.options.some((o) => o.value === value);
          if (!known) expect([proposed, kinds.get(value)?.sort]).toEqual([true, 'work']);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test('what a killed process had asked is ended as interrupted, and nothing is asked twice', async () => {
    const world = proposing(() => Promise.reject(new Error('killed')));
    const { request, task, question } = await asked(world);
    await expect(propose(world, question.id, never)).rejects.toThrow('killed');
    await propose(proposing(said('{"kind":"draft.blog"}')), question.id, never);
    const rows = await t.sql`select outcome from attempt where task_id = ${task.id}`;
    expect([...rows]).toEqual([{ outcome: 'interrupted' }]);
    expect((await standing(world, request)).question).toEqual(question);
  });
});
