import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TaskId } from '../../../src/core/id.ts';
import { runJob } from '../../../src/flow/jobs.ts';
import { makeSeniorLane } from '../../../src/lanes/senior.ts';
import { openRehearsal } from '../../../src/rehearsal/open.ts';
import type { Rehearsal } from '../../../src/rehearsal/open.ts';
import { APPROVER, give, settleAcme, taskIn } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { rulesWith } from '../../helpers/quick-rules.ts';
import { until } from '../../helpers/until.ts';
import { verified } from '../../helpers/verified.ts';
import { workOn } from '../../helpers/worked.ts';

/** No call is made again before this test asks for it. */
const patient = rulesWith([
  [
    'life.yaml',
    'first_seconds: 2, longest_seconds: 300',
    'first_seconds: 600, longest_seconds: 600',
  ],
]);
let running: Running;
let stage: Rehearsal;
beforeAll(async () => {
  stage = await openRehearsal();
  // The senior lane as it ships, at a stand-in that it does not know of: its calls are counted as money.
  const options = { apiKey: 'sk-test', model: 'claude-opus-5-5', baseUrl: stage.anthropicUrl };
  const senior = makeSeniorLane({ ...options, rehearsal: false });
  running = await runAios({ env: { AIOS_RULES_DIR: patient.folder }, lanes: { senior } });
  await settleAcme(running);
  await give(running, 'budget set client acme month 100');
}, 60_000);
afterAll(async () => {
  await running.close();
  await stage.close();
  patient.remove();
});

const POST = 'lane: senior, kind: draft.blog, draft a blog post from the outline';
const ask = async (text: string) => (await give(running, text, { as: APPROVER })).join('\n');
const trail = (task: TaskId) => running.aios.world.store.trail({ task });

/** A task whose calls failed in these ways, one after another, and which waits to be tried again. */
async function failed(...faults: readonly ('529' | '500')[]) {
  const [first, ...more] = faults.map((fault) => ({ lane: 'senior', fault }) as const);
  if (first !== undefined) stage.script(first);
  const { number } = await workOn(running, { text: POST });
  const after = (count: number) =>
    until(`call ${count} of ${number} has failed`, async () => {
      const file = await taskIn(running, number, 'queued', 'held');
      return file.attempts.filter((one) => one.endedAt !== null).length === count && file.task;
    });
  let task = await after(1);
  for (const [n, line] of more.entries()) {
    stage.script(line);
    const job = { name: 'work', id: task.id, queue: 'lane-senior', jobId: `again_${n}` } as const;
    await runJob(running.aios.world, job, new AbortController().signal);
    task = await after(n + 2);
  }
  return { number, task: task.id as TaskId };
}

const reservations = (task: TaskId) =>
  running.aios.base.sql<{ counted: string; isLess: boolean }[]>`
    select r.counted, r.settled < r.amount as is_less from reservation r
    join attempt a on a.id = r.attempt_id where a.task_id = ${task} order by a.started_at`;

test('a call that was turned away costs nothing; of a lost one the rule that counts it stands in its entry', async () => {
  const { number, task } = await failed('529', '500');
  const ends = (await trail(task)).filter(({ type }) => type === 'attempt.ended');
  expect(ends.map(({ data }) => [data['outcome'], data['counting']])).toEqual([
    ['overloaded', undefined],
    ['unavailable', expect.stringMatching(/#COUNT-LOST@/)],
  ]);
  // The oldest of which nobody knows: the one before it was turned away.
  expect(await ask(`cost lost #${number}.1 0.012`)).toContain(
    '(senior, unavailable) came to $0.012',
  );
  await expect(ask(`cost lost #${number}.1 0.012`)).rejects.toThrow('has a cost that is known');
}, 60_000);

test('a correction of a call whose cost nobody knew is its cost, for budgets too', async () => {
  const { number, task } = await failed('500');
  expect(await reservations(task)).toEqual([{ counted: 'lost', isLess: false }]);
  await ask(`cost adjust #${number}.1 +0.02 invoice`);
  expect(await reservations(task)).toEqual([{ counted: 'reconciled', isLess: true }]);
  await ask(`cost adjust #${number}.1 +0.02 invoice`);
  const said = (await trail(task)).filter(({ type }) => type === 'cost.adjusted');
  expect(said.map(({ costNano }) => costNano)).toEqual([20_000_000, 20_000_000]);
  const { findings } = await verified(running);
  expect(findings).toEqual([]);
}, 60_000);
