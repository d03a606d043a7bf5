import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nanoUsd } from '../../../src/core/money.ts';
import type { Lane } from '../../../src/core/lane.ts';
import { hear } from '../../../src/flow/hear.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import { show } from '../../../src/flow/show.ts';
import type { PlanMessage } from '../../../src/flow/ports/message.ts';
import type { FileRef, World } from '../../../src/flow/ports/world.ts';
import { press } from '../../../src/flow/press.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

const COLLEAGUE = 'U0COLLEAGUE';
const CHANNEL = 'C0ACME';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
  const model = 'claude-opus-5-5';
  for (const lane of ['seat', 'senior'] as const)
    t.health.set(lane, { is: 'ready', model, rehearsal: false });
  for (const text of [
    'client new acme "Acme Ltd"',
    `client bind ${CHANNEL} acme --audience practice`,
    'client set acme cloud allowed',
  ])
    expect(await t.say(OWNER, text)).toMatchObject({ ok: true });
}, 60_000);
afterAll(() => t.close());

let said = 0;

/** A request, planned in this world. */
async function planned(
  text: string,
  world: World = t.world,
  user = COLLEAGUE,
  files: FileRef[] = [],
) {
  const ts = `${(said += 1)}.000000`;
  await hear(world, {
    eventId: `event-${said}`,
    team: TEAM,
    channel: CHANNEL,
    ts,
    thread: null,
    user,
    text,
    files,
    door: 'mention',
  });
  const made = await world.store.requestFrom(TEAM, CHANNEL, ts);
  if (made === null) throw new Error('nothing was stored');
  await plan(world, made.id);
  const card = await world.store.cardByKey(`plan:${made.id}`);
  if (card === null) throw new Error('there is no plan card');
  const run = (as: string) => press(world, { card: card.id, verb: 'run', team: TEAM, user: as });
  const tasks = async () => (await world.store.requestFile(made.id))?.tasks ?? [];
  const shown = async (): Promise<PlanMessage> => {
    await show(world, card.id);
    const message = t.posted.findLast((p) => p.message.is === 'plan')?.message;
    if (message?.is !== 'plan') throw new Error('no plan was shown');
    return message;
  };
  return { request: made.id, run, tasks, shown };
}

const POST = 'kind: draft.blog, draft a blog post about clay';

describe('who may start a plan', () => {
  test('the requester alone up to the cap; above it an approver, which the card says beforehand', async () => {
    const free = await planned(POST);
    expect((await free.shown()).approverOnly).toEqual([]);
    expect(await free.run(COLLEAGUE)).toEqual({ is: 'done' });

    expect(await t.say(OWNER, 'client set acme cap 0.05')).toMatchObject({
      ok: true,
      lines: ['Whoever asks for work of Acme Ltd starts it alone up to $0.05 a plan.'],
    });
    expect((await t.say(OWNER, 'client show acme')).lines).toContain(
      'A requester starts alone: up to $0.05',
    );
    const dear = await planned(POST);
    const message = await dear.shown();
    const price = message.atMost.is === 'range' ? message.atMost.high : nanoUsd(0);
    expect(price).toBeGreaterThan(50_000_000);
    expect(message).toMatchObject({
      approverOnly: [
        expect.stringMatching(
          /^At most \$0\.\d\d is above the requester's cap of \$0\.05: an approver/,
        ),
      ],
      mention: OWNER,
    });
    expect(await dear.run(COLLEAGUE)).toMatchObject({
      is: 'refused',
      says: expect.stringMatching(
        /cap of \$0\.05: an approver starts this\. Who may: Olga Owner\. Nothing was started/,
      ),
    });
    expect((await dear.tasks()).map((task) => task.state)).toEqual(['proposed']);
    expect(await dear.run(OWNER)).toEqual({ is: 'done' });
    expect(await t.say(OWNER, 'client set acme cap default')).toMatchObject({ ok: true });
  });

  test('the sum of the pieces counts, exactly, and a cap that is reached is not passed', async () => {
    const one = await (await planned(POST)).shown();
    const price = one.atMost.is === 'range' ? one.atMost.high : 0;
    const usd = (nano: number): string =>
      `${Math.floor(nano / 1e9)}.${String(nano % 1e9).padStart(9, '0')}`;
    await t.say(OWNER, `client set acme cap ${usd(price)}`);
    expect(await (await planned(POST)).run(COLLEAGUE)).toEqual({ is: 'done' });
    const two = await planned(`\n- ${POST}\n- kind: draft.blog, draft a blog post about glaze`);
    expect(await two.tasks()).toHaveLength(2);
    expect(await two.run(COLLEAGUE)).toMatchObject({ is: 'refused' });
    await t.say(OWNER, 'client set acme cap default');
  });

  test('a price that nobody knows is above any cap', async () => {
    t.health.set('senior', { is: 'ready', model: 'nobody-knows-1', rehearsal: false });
    const unknown = await planned(POST);
    expect(await unknown.run(COLLEAGUE)).toMatchObject({
      is: 'refused',
      says: expect.stringContaining('What this costs is not known, so it may be above'),
    });
    t.health.set('senior', { is: 'ready', model: 'claude-opus-5-5', rehearsal: false });
  });

  test('a dearer lane in a colleague’s words stays a wish; a cheaper one is taken', async () => {
    const cheap = await planned(
      'kind: draft.blog, on the local lane, draft a blog post about clay',
    );
    expect((await cheap.tasks())[0]?.lane).toBe('local');
    expect(await cheap.run(COLLEAGUE)).toEqual({ is: 'done' });
    const dear = await planned(
      'kind: write.microcopy, on the senior lane, write the button labels of the booking form',
    );
    const [dearer] = await dear.tasks();
    expect(dearer).toMatchObject({ lane: 'local', facts: { lane: 'senior', asker: 'colleague' } });
    expect(await dear.run(COLLEAGUE)).toEqual({ is: 'done' });
  });

  test('a cap that is no amount is refused', async () => {
    for (const word of ['-1', 'much', '1.0000000001', ''])
      expect(await t.say(OWNER, `client set acme cap ${word}`)).toMatchObject({ ok: false });
  });
});

/** The same world with the start rule of the tool lane turned on, and this record of every kind. */
function unasked(approved: number, unchanged: number, lanes: readonly Lane[] = ['tool']): World {
  const { library, store, slack } = t.world;
  const starts = library.rules.starts.map((rule) =>
    rule.id === 'START-TOOL' ? { ...rule, enabled: true, lanes } : rule,
  );
  return {
    ...t.world,
    library: { ...library, rules: { ...library.rules, starts } },
    store: { ...store, approvals: async () => ({ approved, unchanged }) },
    slack: {
      ...slack,
      fetch: async (files) =>
        files.map(({ name }) => ({ name, bytes: new TextEncoder().encode('#  A\n') })),
    },
  };
}

const FILE: FileRef = { id: 'F1', name: 'notes.md', size: 6, mime: 'text/markdown' };
const FORMAT = 'kind: format.files, format the attached file please';

describe('a start without a click', () => {
  test('is off as shipped, and written for the tool lane alone', async () => {
    const { starts } = t.world.library.rules;
    const byRule = starts.filter((rule) => rule.unasked);
    expect(byRule.map(({ id, enabled, lanes }) => ({ id, enabled, lanes }))).toEqual([
      { id: 'START-TOOL', enabled: false, lanes: ['tool'] },
    ]);
    const plain = { ...unasked(9, 9), library: t.world.library };
    const { tasks } = await planned(FORMAT, plain, COLLEAGUE, [FILE]);
    expect(await tasks()).toMatchObject([{ lane: 'tool', state: 'proposed' }]);
  });

  test('happens where the rule is turned on, and the entry names it', async () => {
    const world = unasked(9, 9);
    const { tasks } = await planned(FORMAT, world, COLLEAGUE, [FILE]);
    const [task] = await tasks();
    expect(task).toMatchObject({ lane: 'tool', state: 'queued' });
    const trail = await world.store.trail(task === undefined ? {} : { task: task.id });
    const rule = expect.stringContaining('start.yaml#START-TOOL@');
    expect(trail.find((e) => e.type === 'task.started')).toMatchObject({
      rule,
      actor: { kind: 'rule', id: rule },
    });
  });

  test('nothing else starts: no other lane, no question, no guess, and no kind with a thin or bad record', async () => {
    const world = unasked(9, 9);
    const states = async (text: string, how = world, files: FileRef[] = []) =>
      (await (await planned(text, how, COLLEAGUE, files)).tasks()).map((task) => task.state);
    expect(await states(POST)).toEqual(['proposed']);
    expect(await states(FORMAT)).toEqual(['asking']);
    expect(await states(FORMAT, unasked(2, 2), [FILE])).toEqual(['proposed']);
    expect(await states(FORMAT, unasked(10, 7), [FILE])).toEqual(['proposed']);
    expect(await states(FORMAT, unasked(10, 8), [FILE])).toEqual(['queued']);
  });

  test('whoever writes it for another lane gets it for that lane', async () => {
    const { tasks } = await planned(POST, unasked(9, 9, ['senior']));
    expect((await tasks()).map((task) => task.state)).toEqual(['queued']);
  });
});
