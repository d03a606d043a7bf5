import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addMoney, NO_COST } from '../../../src/core/money.ts';
import { refOf } from '../../../src/core/rule-set.ts';
import { textOf } from '../../../src/flow/plan/piece.ts';
import { filesOf } from '../../../src/flow/attempt/material.ts';
import { LARGE_WORDS } from '../../../src/flow/attempt/large.ts';
import type { LaneClient } from '../../../src/flow/ports/lanes.ts';
import { makeLocalLane } from '../../../src/lanes/local.ts';
import { MARK } from '../../../src/rehearsal/mark.ts';
import { openRehearsal } from '../../../src/rehearsal/open.ts';
import type { Rehearsal } from '../../../src/rehearsal/open.ts';
import { sumUp } from '../../../src/ledger/sums.ts';
import { moment } from '../../../src/core/moment.ts';
import { settleAcme, taskIn } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { textFile } from '../../helpers/files.ts';
import { answerOf, says, workOn } from '../../helpers/worked.ts';

let running: Running;
let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await openRehearsal();
  running = await runAios({ lanes: { local: paid(rehearsal) } });
  await settleAcme(running);
}, 60_000);
afterAll(async () => {
  await running.close();
  await rehearsal.close();
});

/** The local lane as it ships, on a stand-in whose electricity is counted, so that there is a cost to add up. */
function paid({ ollamaUrl: host }: Rehearsal): LaneClient {
  const lane = makeLocalLane({ host, model: 'rehearsal-local', rehearsal: true });
  return {
    ...lane,
    run: async (request) => ({ ...(await lane.run(request)), rehearsal: false }),
  };
}

const EDIT = 'lane: local, kind: edit.draft, edit the attached draft';
const words = (many: number) => `# Clay\n\n${'Wet clay "shrinks" by a tenth. '.repeat(many / 6)}\n`;
const CUT_OFF = { fault: 'truncated', ...says('# B\n\nHere it ends in the mid') } as const;
const LARGE = [textFile('draft.md', words(LARGE_WORDS))];

const work = (more: Omit<Parameters<typeof workOn>[1] & object, 'rehearsal'> = {}) =>
  workOn(running, { text: EDIT, files: LARGE, rehearsal, ...more });

type File = Awaited<ReturnType<typeof taskIn>>;
const ended = ({ attempts }: File) => attempts.map((a) => [a.purpose, a.outcome]);

async function textsOf(file: File): Promise<Record<string, string | undefined>> {
  const files = await filesOf(running.aios.world, file.drafts[0]?.files ?? []);
  return Object.fromEntries(files.map((f) => [f.name, textOf(f.bytes)]));
}

/** Everything that was called is in the cost of the task, in the record and in what is added up from the record. */
async function addsUp(file: File): Promise<void> {
  const { task, attempts } = file;
  for (const { costNano, usage } of attempts) {
    expect(costNano).toBeGreaterThan(0);
    expect(usage?.output).toBeGreaterThan(0);
  }
  const sum = attempts.reduce((all, a) => addMoney(all, a.costNano ?? NO_COST), NO_COST);
  expect(task.costNano).toBe(sum);
  const trail = await running.aios.world.store.trail({ task: task.id });
  const ends = trail.filter((e) => e.type === 'attempt.ended');
  expect(ends.map((e) => e.costNano)).toEqual(attempts.map((a) => a.costNano));
  const summing = sumUp({ from: moment(0), to: moment(9e15) });
  for (const entry of await running.aios.world.store.trail({ request: task.requestId }))
    summing.take(entry);
  const { open, ended: done } = summing.end();
  const mine = [...open, ...done].find(({ id }) => id === task.id);
  expect(mine?.spend.allocated).toBe(BigInt(sum));
}

describe('a large piece on the local lane', () => {
  test('is named first and written as plain text after that, each turn an attempt of its own', async () => {
    const { number, calls } = await work();
    const file = await taskIn(running, number, 'waiting');
    const [first, second] = calls();
    expect(calls()).toHaveLength(2);

    const asked = JSON.stringify(first?.body['format']);
    expect(asked).toContain('"deliverable_files"');
    expect(asked).not.toContain('"text"');
    expect(first?.system).toContain('# In parts');
    expect(second?.body).not.toHaveProperty('format');
    expect(second?.system).not.toContain('JSON Schema');
    expect(
      second?.material.endsWith('Now write the file draft.md: its whole text, and nothing else.'),
    ).toBe(true);

    expect(ended(file)).toEqual([
      ['work', 'ok'],
      ['work', 'ok'],
    ]);
    const trail = await running.aios.world.store.trail({ task: file.task.id });
    const started = trail.filter((e) => e.type === 'attempt.started').map((e) => e.rule);
    const { rules } = running.aios.world.library;
    expect(started).toEqual([file.task.rule, refOf(rules, 'IN-PARTS')]);
    expect(file.drafts[0]?.attemptId).toBe(file.attempts[1]?.id);
    const text = (await textsOf(file))['draft.md'];
    expect(text).toContain(MARK);
    expect(text).toContain('Wet clay "shrinks" by a tenth.');
    await addsUp(file);
  }, 60_000);

  test('of several files is written file by file', async () => {
    const named = { deliverable_files: [{ name: 'a.md' }, { name: 'b.md' }], checks: [] };
    const script = [says(answerOf(named)), says('# A\n'), says('```md\n# B\n```')];
    const { number, calls } = await work({ script });
    const file = await taskIn(running, number, 'waiting');
    expect(calls()).toHaveLength(3);
    expect(await textsOf(file)).toEqual({ 'a.md': '# A\n', 'b.md': '# B\n' });
    await addsUp(file);
  }, 60_000);

  test('a file that comes back empty is asked for once more', async () => {
    const named = { deliverable_files: [{ name: 'a.md' }], checks: [] };
    const { number } = await work({ script: [says(answerOf(named)), says(' '), says('# A')] });
    const file = await taskIn(running, number, 'waiting');
    expect(ended(file)).toEqual([
      ['work', 'ok'],
      ['work', 'invalid_output'],
      ['repair', 'ok'],
    ]);
    expect(await textsOf(file)).toEqual({ 'a.md': '# A\n' });
  }, 60_000);

  test('has one repair in all: after it a person is asked, and what was called stays paid', async () => {
    const named = { deliverable_files: [{ name: 'a.md' }, { name: 'b.md' }], checks: [] };
    const script = [says('Gerne!'), says(answerOf(named)), says('# A'), CUT_OFF];
    const { number, calls } = await work({ script });
    const file = await taskIn(running, number, 'asking');
    expect(file.task.waitsFor).toBe('answer:stuck');
    expect(calls()).toHaveLength(4);
    expect(ended(file)).toEqual([
      ['work', 'invalid_output'],
      ['repair', 'ok'],
      ['work', 'ok'],
      ['work', 'truncated'],
    ]);
    expect(file.drafts).toEqual([]);
    await addsUp(file);
  }, 60_000);

  test('a lane that fails in the middle ends that attempt, and the work is taken up again from the start', async () => {
    const named = { deliverable_files: [{ name: 'a.md' }], checks: [] };
    const { number } = await work({ script: [says(answerOf(named)), { fault: '429' }] });
    const file = await taskIn(running, number, 'waiting');
    expect(ended(file)).toEqual([
      ['work', 'ok'],
      ['work', 'rate_limit'],
      ['work', 'ok'],
      ['work', 'ok'],
    ]);
    expect(file.attempts.every((a) => a.endedAt !== null)).toBe(true);
  }, 60_000);

  test('that is declined or asked about has no second turn', async () => {
    const asks = { answer: { as: 'ask', questions: ['For whom?'] } } as const;
    const { number, calls } = await work({ script: [asks] });
    await taskIn(running, number, 'asking');
    expect(calls()).toHaveLength(1);
  }, 60_000);
});

test('a small piece is answered in one turn', async () => {
  const files = [textFile('draft.md', words(120))];
  const { number, calls } = await work({ files });
  const file = await taskIn(running, number, 'waiting');
  expect(calls()).toHaveLength(1);
  expect(JSON.stringify(calls()[0]?.body['format'])).toContain('"text"');
  expect(file.attempts).toHaveLength(1);
}, 60_000);
