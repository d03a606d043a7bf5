import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refOf } from '../../../src/core/rule-set.ts';
import { propose } from '../../../src/flow/answer/propose.ts';
import { ACME, COLLEAGUE, numberAt, settleAcme, taskIn } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { until } from '../../helpers/until.ts';

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
const UNCLEAR = '@aios make this page and text better somehow';

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
  const number = await numberAt(running, await caleb.say(ACME, UNCLEAR, [PAGE]));
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
  await propose(running.aios.world, question?.id as never, new AbortController().signal);
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
