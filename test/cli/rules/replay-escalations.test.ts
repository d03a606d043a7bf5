import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { connect } from '../../../src/store/connect.ts';
import { taskIn } from '../../helpers/acme.ts';
import { startReplaying } from '../../helpers/replaying.ts';
import type { Replaying } from '../../helpers/replaying.ts';
import { answerOf, says, workOn } from '../../helpers/worked.ts';

/** Work that the real gate sends back until a rule takes it on, in the program that ships, and then replayed. */

jest.setTimeout(120_000);

let its: Replaying;

const TEXT =
  'kind: rewrite.plain, put this in plain words for our customers: Utilise the kiln hitherto unlit.';

beforeAll(async () => {
  its = await startReplaying();
  // Fewer faults each time, so that it goes back to its author for as long as the rules allow.
  const script = [3, 2, 1].map((faults) => says(answerOf({ deliverable_files: [post(faults)] })));
  const { number } = await workOn(its.running, { text: TEXT, files: [], script });
  const { task, attempts, reviews } = await taskIn(its.running, number, 'waiting');
  expect([task.lane, task.round]).toEqual(['senior', 3]);
  expect(attempts.map(({ lane }) => lane)).toEqual(['local', 'local', 'local', 'senior']);
  expect(reviews.map(({ outcome }) => outcome).slice(0, 3)).toEqual(Array(3).fill('send_back'));
}, 120_000);
afterAll(() => its.close());

const TWICE = ['The the kiln is hot.', 'Wait for for the glaze.', 'The clay is is wet.'];

/** A post in which so many words stand twice. */
function post(faults: number) {
  const text = TWICE.slice(0, faults).join(' ');
  return { name: 'post.md', text: `# Clay\n\nWet clay shrinks by a tenth.\n\n${text}\n` };
}

const replay = (...flags: readonly string[]) => its.replay('--since', '2026-01-01', ...flags);

/** The rules with so many times back instead of two before work goes on, in the rules and in their examples. */
function after(times: number): void {
  const text = readFileSync(path.join('rules', 'cascade.yaml'), 'utf8');
  const changed = text.replaceAll(
    /send_backs: (\d)/g,
    (_, found) => `send_backs: ${Number(found) - 2 + times}`,
  );
  expect(changed).not.toBe(text);
  writeFileSync(path.join(its.rules, 'cascade.yaml'), changed);
}

test('under the rules in force every escalation, and every time there was none, is identical', async () => {
  const { code, said } = await replay();
  expect(said).toMatch(/^All 1 decisions come out identical under the rules in force\.\n/);
  expect(said).toContain(
    'The cascade rules were consulted on stuck work 3 times, all identical; 1 of them escalated the task.\nNo model',
  );
  expect(code).toBe(0);
  expect(await its.doctor()).toEqual([
    {
      id: 'replay',
      is: 'ok',
      says: 'The newest 4 decisions come out as recorded, to the last reason. 3 of them are of cascade rules.',
    },
  ]);
});

test('under rules that wait longer it is named as one that would not have been, with what that costs', async () => {
  after(3);
  const { code, said } = await replay('--rules', its.rules);
  expect(said).toMatch(
    /^#1\.1 +\S+ \S+  stuck on local: to senior by CASCADE-010 -> stays  [-+]\$/m,
  );
  expect(said).toContain('on stuck work 3 times: 2 identical, 1 otherwise; 1 of them escalated');
  expect(said).toContain('  1 would no longer escalate');
  expect(said).toMatch(/^Cost: about -\$\d+\.\d\d over 1 task /m);
  expect(said).toContain('Quality unknown for 1 task');
  expect(code).toBe(0);
  const lines = (await replay('--rules', its.rules, '--json')).said.trim().split('\n');
  const [changed, last] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(2);
  expect(changed).toMatchObject({
    task: '#1.1',
    stuck_on: 'local',
    changes: ['no_longer_escalates'],
    same_rules: false,
    before: { outcome: 'goes', lane: 'senior', rule: expect.stringContaining('#CASCADE-010@') },
    now: { outcome: 'no_rule', lane: null, rule: null },
    cost_difference_nano: expect.any(Number),
  });
  expect(last).toMatchObject({
    total: {
      decided: 1,
      identical: 1,
      cascades: {
        consulted: 3,
        identical: 2,
        escalated: 1,
        faults: 0,
        unreadable: 0,
        moot: 0,
        changes: { no_longer_escalates: 1 },
        cost_known: 1,
        quality_unknown: 1,
      },
    },
  });
});

test('under rules that wait less it is named where it would go on sooner, and what came after is not counted', async () => {
  after(1);
  const { said } = await replay('--rules', its.rules);
  expect(said).toMatch(/stuck on local: stays -> to senior by CASCADE-010 /);
  expect(said).toContain('  1 would now escalate');
  expect(said).toContain('Not counted 1 time after something that would have gone otherwise');
});

test('a record of it that was altered is found, and ends with 1', async () => {
  const admin = connect(its.running.adminUrl, 1);
  await admin.unsafe(`alter table entry disable trigger all;
    update entry set body = convert_to(replace(convert_from(body, 'UTF8'), '"send_backs":2', '"send_backs":1'), 'UTF8')
    where type = 'task.escalated'`);
  await admin.end();
  const { code, said } = await replay();
  expect(said).toMatch(/FAULT: same rules  FAULT: the entries before it say something else/);
  expect(code).toBe(1);
  expect(await its.doctor()).toMatchObject([
    { is: 'missing', says: expect.stringMatching(/^1 of the newest 4 decisions .*: #1\.1\.$/) },
  ]);
});
