import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Fault } from '../../../src/core/fault.ts';
import type { RequestId, TaskId } from '../../../src/core/id.ts';
import { hear } from '../../../src/flow/hear.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import type { LaneResult } from '../../../src/flow/ports/lanes.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import { press } from '../../../src/flow/press.ts';
import { sweep } from '../../../src/flow/sweep.ts';
import { work } from '../../../src/flow/work.ts';
import { newClient } from '../../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
  t.health.set('senior', { is: 'ready', model: 'claude-opus-5-5', rehearsal: false });
  await newClient(t, 'acme');
  await t.say(OWNER, 'client bind this acme --audience practice', { channel: 'C0ACME' });
  await t.say(OWNER, 'client set acme cloud allowed');
}, 60_000);
afterAll(() => t.close());
afterEach(async () => {
  for (const { budget } of await budgets()) await told(`budget remove ${budget.number}`);
});

const never = new AbortController().signal;
const budgets = () => t.world.store.budgets(t.world.clock.now(), t.world.facility.zone);

async function told(text: string): Promise<string> {
  const reply = await t.say(OWNER, text);
  if (!reply.ok) throw new Error(reply.lines.join('\n'));
  return reply.lines.join('\n');
}

/** What one budget has spent and reserved, and how much of it nobody is sure of. */
async function used() {
  const [state] = await budgets();
  const { used: sums, uncertain } = state ?? { used: { spent: 0, reserved: 0 }, uncertain: 0 };
  return { spent: sums.spent, reserved: sums.reserved, uncertain };
}

/** The same world, in which the lane senior does this. */
function senior(run: () => Promise<LaneResult>): World {
  const { lanes } = t.world;
  return { ...t.world, lanes: { ...lanes, senior: { ...lanes.senior, run } } };
}

const answered = async (): Promise<LaneResult> => ({
  provider: 'anthropic',
  modelRequested: 'claude-opus-5-5',
  modelServed: 'claude-opus-5-5',
  requestId: null,
  text: JSON.stringify({
    fit: 'mine',
    belongs_to: null,
    deliverable_files: [{ name: 'post.md', text: '# Clay\n' }],
    questions: [],
    assumptions: [],
    confidence: 70,
    minutes_by_hand: 90,
    disclosure_note: 'Drafted by a model.',
  }),
  files: [],
  stop: 'end',
  usage: { input: 1_000, cacheRead: 0, cacheWrite: 0, output: 100, computeMs: 0 },
  latencyMs: 5,
  rehearsal: false,
});
/** 1,000 tokens at 4 USD and 100 at 20 USD per million. */
const ANSWER_COSTS = 6_000_000;

/** A piece of writing for acme, started on the lane senior. */
async function queued(): Promise<TaskId> {
  const ts = `${t.world.clock.newId<string>()}.1`;
  const heard = { eventId: ts, team: TEAM, channel: 'C0ACME', ts, thread: null } as const;
  const text = 'lane: senior, kind: draft.blog, draft a blog post about clay for potters';
  const outline = { id: 'F1', name: 'outline.md', size: 10, mime: 'text/markdown' };
  await hear(t.world, { ...heard, user: OWNER, text, files: [outline], door: 'mention' });
  const request = (await t.world.store.requestFrom(TEAM, 'C0ACME', ts))?.id as RequestId;
  await plan(t.world, request);
  const card = await t.world.store.cardByKey(`plan:${request}`);
  if (card === null) throw new Error('there is no plan');
  await press(t.world, { card: card.id, verb: 'run', team: TEAM, user: OWNER });
  const [task] = (await t.world.store.requestFile(request))?.tasks ?? [];
  if (task?.state !== 'queued') throw new Error(`the task is ${task?.state ?? 'none'}`);
  return task.id;
}

const taskNow = async (id: TaskId) => {
  const file = await t.world.store.taskFile(id);
  if (file === null) throw new Error('there is no task');
  return file;
};

test('while a call runs its worst case is reserved, in the entry and in the budget; then what it cost is spent', async () => {
  await told('budget set client acme month 30');
  const id = await queued();
  let during = { spent: 0, reserved: 0, uncertain: 0 };
  await work(
    senior(async () => {
      during = await used();
      return answered();
    }),
    id,
    never,
  );
  const trail = await t.world.store.trail({ task: id });
  const started = trail.find(({ type }) => type === 'attempt.started');
  expect(during.reserved).toBeGreaterThan(ANSWER_COSTS);
  expect(started?.data['worst']).toMatchObject({ cash: during.reserved, credits: 0 });
  expect(await used()).toEqual({ spent: ANSWER_COSTS, reserved: 0, uncertain: 0 });
});

test('a process that dies in a call leaves its reservation; closed as interrupted it counts at its worst, and late answers change nothing', async () => {
  await told('budget set client acme month 30');
  const id = await queued();
  let answer: (result: LaneResult) => void = () => undefined;
  const late = new Promise<LaneResult>((resolve) => (answer = resolve));
  let begun = (): void => undefined;
  const running = new Promise<void>((resolve) => (begun = resolve));
  const dying = work(
    senior(() => {
      begun();
      return late;
    }),
    id,
    never,
  );
  await running;
  const { reserved } = await used();
  expect(reserved).toBeGreaterThan(0);
  await sweep(t.world);
  expect(await used()).toEqual({ spent: 0, reserved, uncertain: 0 });
  // The queue hands the job out again.
  await work(t.world, id, never);
  expect((await taskNow(id)).attempts.map(({ outcome }) => outcome)).toEqual(['interrupted']);
  expect(await used()).toEqual({ spent: reserved, reserved: 0, uncertain: reserved });
  expect(await told('budget list')).toContain('reserved for answers that were lost');
  answer(await answered());
  await dying;
  expect(await used()).toEqual({ spent: reserved, reserved: 0, uncertain: reserved });
});

test.each([
  ['auth', 'nothing'],
  ['rate_limit', 'nothing'],
  ['unavailable', 'its worst case'],
] as const)('a call that ends with %s counts %s', async (code, counts) => {
  await told('budget set client acme month 30');
  const id = await queued();
  let reserved = 0;
  await work(
    senior(async () => {
      ({ reserved } = await used());
      throw new Fault(code, 'It did not answer.');
    }),
    id,
    never,
  );
  const spent = counts === 'nothing' ? 0 : reserved;
  expect(await used()).toEqual({ spent, reserved: 0, uncertain: spent });
  await recover();
});

/** An hour later the lane is tried once more, and answers. */
async function recover(): Promise<void> {
  t.setNow(t.world.clock.now() + 3_600_000);
  const id = await queued();
  await work(senior(answered), id, never);
  expect((await taskNow(id)).attempts.map(({ outcome }) => outcome)).toEqual(['ok']);
}

test('a budget in cash holds what has no price, says so, and asks nobody to raise it; a budget in tokens does not', async () => {
  t.health.set('senior', { is: 'ready', model: 'claude-of-tomorrow', rehearsal: false });
  await told('budget set client acme month 1000 approver 1000');
  const id = await queued();
  await work(senior(answered), id, never);
  const { task } = await taskNow(id);
  expect(task.state).toBe('held');
  const trail = await t.world.store.trail({ task: id });
  expect(trail.find(({ type }) => type === 'task.held')).toMatchObject({
    rule: expect.stringMatching(/#HOLD-UNPRICED@/),
    data: { figure: 'cash', needs: null },
  });
  expect(trail.filter(({ type }) => type === 'person.asked')).toEqual([]);
  expect(await told('status')).toContain('its model has no price in rules/prices.yaml');
  await sweep(t.world);
  expect((await taskNow(id)).task.state).toBe('held');
  t.health.set('senior', { is: 'ready', model: 'claude-opus-5-5', rehearsal: false });
  await sweep(t.world);
  expect((await taskNow(id)).task.state).toBe('queued');
});

test('a month that begins lets go on what the month before held', async () => {
  const monday = t.world.clock.now();
  await told('budget set client acme month 0.60');
  const first = await queued();
  const second = await queued();
  await work(
    senior(() => Promise.reject(new Fault('timeout', 'It was lost.'))),
    first,
    never,
  );
  await work(senior(answered), second, never);
  const { task } = await taskNow(second);
  expect(task.state).toBe('held');
  t.setNow(Date.UTC(2026, 10, 30, 22, 59));
  await sweep(t.world);
  expect((await taskNow(second)).task.state).toBe('held');
  t.setNow(Date.UTC(2026, 10, 30, 23, 1));
  await sweep(t.world);
  expect((await taskNow(second)).task.state).toBe('queued');
  t.setNow(monday);
});
