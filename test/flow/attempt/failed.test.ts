import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TaskId } from '../../../src/core/id.ts';
import { sweep } from '../../../src/flow/sweep.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  numberAt,
  REVIEW,
  settleAcme,
  taskIn,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { outlineFile } from '../../helpers/files.ts';
import { QUICK, rulesWith } from '../../helpers/quick-rules.ts';

let running: Running;
const quick = rulesWith(QUICK);
beforeAll(async () => {
  running = await runAios({ env: { AIOS_RULES_DIR: quick.folder } });
  await settleAcme(running);
}, 60_000);
afterAll(async () => {
  await running.close();
  quick.remove();
});

/** A piece of writing, which the lane senior does, up to its start. */
async function started(): Promise<number> {
  const said = await deskOf(running, COLLEAGUE).say(
    ACME,
    '@aios draft a blog post from the outline',
    [await outlineFile()],
  );
  const number = await numberAt(running, said);
  const ada = deskOf(running, APPROVER);
  await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
  return number;
}

/** The entries of a type that a task left, as data and rule. */
async function entriesOf(task: TaskId, type: string) {
  const entries = await running.aios.world.store.trail({ task });
  return entries.filter((entry) => entry.type === type);
}

/** The same world in which that lane is down. */
function without(lane: 'senior'): World {
  const { world } = running.aios;
  const down = { is: 'down', why: 'It does not answer.', next: 'Wait.' } as const;
  const silent = { ...world.lanes[lane], health: async () => down };
  return { ...world, lanes: { ...world.lanes, [lane]: silent } };
}

test('a key that is refused holds the task for its lane, says why, and it goes on when the lane is back', async () => {
  const { aios } = running;
  aios.base.rehearsal?.script({ lane: 'senior', fault: '401' });
  const number = await started();
  const { task } = await taskIn(running, number, 'held');
  expect(task.waitsFor).toBe('lane:senior');
  const [held] = await entriesOf(task.id, 'task.held');
  expect(held).toMatchObject({
    actor: { kind: 'rule' },
    rule: expect.stringMatching(/#HOLD-LANE-DOWN@/),
    from: 'working',
    to: 'held',
    data: { waits_for: 'lane:senior', fault: 'auth' },
  });
  expect(await entriesOf(task.id, 'attempt.ended')).toMatchObject([
    { lane: 'senior', data: { outcome: 'auth' } },
  ]);

  await sweep(without('senior'));
  expect((await taskIn(running, number, 'held')).task.version).toBe(task.version);

  // Its pause ends by itself, without a sweep.
  const { task: done, attempts } = await taskIn(running, number, 'waiting');
  expect(done.waitsFor).toBeNull();
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['auth', 'ok']);
  expect(await entriesOf(task.id, 'task.resumed')).toMatchObject([
    { from: 'held', to: 'queued', rule: expect.stringMatching(/#RESUME@/) },
  ]);
}, 60_000);

test.each([
  ['402', 'quota'],
  ['404', 'model_missing'],
] as const)(
  'a server that answers %s holds it as well, as %s',
  async (fault, code) => {
    running.aios.base.rehearsal?.script({ lane: 'senior', fault });
    const number = await started();
    const { task } = await taskIn(running, number, 'held');
    expect(await entriesOf(task.id, 'task.held')).toMatchObject([
      { data: { waits_for: 'lane:senior', fault: code, faults: 1, until: expect.any(Number) } },
    ]);
    const { attempts } = await taskIn(running, number, 'waiting');
    expect(attempts.map(({ outcome }) => outcome)).toEqual([code, 'ok']);
  },
  60_000,
);

test('one that is only too busy is asked again, and nothing is held', async () => {
  running.aios.base.rehearsal?.script({ lane: 'senior', fault: '529' });
  const number = await started();
  const { task, attempts } = await taskIn(running, number, 'waiting');
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['overloaded', 'ok']);
  expect(await entriesOf(task.id, 'task.held')).toEqual([]);
}, 60_000);
