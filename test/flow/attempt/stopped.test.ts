import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CLOUD_ANSWERS } from '../../../src/core/facts.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { refOf } from '../../../src/core/rule-set.ts';
import { openWayOut } from '../../../src/flow/attempt/way-out.ts';
import { textOf } from '../../../src/flow/plan/piece.ts';
import type { LaneRequest } from '../../../src/flow/ports/lanes.ts';
import type { TaskFile } from '../../../src/flow/ports/store.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import { work } from '../../../src/flow/work.ts';
import { makeShop } from '../../helpers/turns.ts';
import type { Shop } from '../../helpers/turns.ts';

const NEVER = new AbortController().signal;
let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(async () => shop.close());

/** A task of acme that waits for its turn on the senior lane. */
async function queued(text = 'kind: draft.blog, draft a blog post about clay') {
  const made = await shop.plan(text);
  await made.run();
  const task = await made.task(1);
  expect(task).toMatchObject({ state: 'queued', lane: 'senior' });
  return { made, id: task.id };
}

/** The world as it is, but for what the store says of tasks, with everything that is sent. */
function worldWith(more: (file: TaskFile) => TaskFile, parts: Partial<World> = {}) {
  const sent: LaneRequest[] = [];
  const { lanes, store } = shop.world;
  const senior: World['lanes']['senior'] = {
    ...lanes.senior,
    run: (request) => (sent.push(request), lanes.senior.run(request)),
  };
  const taskFile: World['store']['taskFile'] = async (id) => {
    const file = await store.taskFile(id);
    return file === null ? null : more(file);
  };
  const world: World = {
    ...shop.world,
    lanes: { ...lanes, senior },
    store: { ...store, taskFile },
    ...parts,
  };
  return { world, sent };
}

const knowing =
  (facts: Partial<Facts>) =>
  (file: TaskFile): TaskFile => ({
    ...file,
    task: { ...file.task, facts: { ...file.task.facts, ...facts } },
  });

describe('confidential work', () => {
  test.each([
    ['confidential', { sensitivity: 'confidential' }, 'lane'],
    ['suspected', { suspected: 'confidential' }, 'sensitivity'],
  ] as const)(
    'that came to stand on a lane outside is asked about and not sent: %s',
    async (_name, facts, about) => {
      const { made, id } = await queued();
      const { world, sent } = worldWith(knowing(facts));
      await work(world, id, NEVER);
      expect(sent).toEqual([]);
      expect(await made.task(1)).toMatchObject({ state: 'asking', attempts: 0 });
      expect((await made.open())?.about).toBe(about);
      const asked = (await made.trail(1)).at(-1);
      expect(asked?.rule).toBe(refOf(shop.world.library.rules, 'LEAVE-STOP'));
    },
  );

  test('opens no way out to a lane outside, whatever the setting and however it got there', async () => {
    const { id } = await queued();
    const file = await shop.world.store.taskFile(id);
    if (file === null || file.client === null) throw new Error('a task of a client is expected');
    const { client } = file;
    for (const lane of ['seat', 'senior'] as const)
      for (const cloud of CLOUD_ANSWERS) {
        const facts = { ...file.task.facts, sensitivity: 'confidential' as const };
        const task = { ...file.task, lane, facts };
        const moved = { ...file, task, client: { ...client, cloud } };
        await expect(openWayOut(shop.world, moved, NEVER)).rejects.toMatchObject({
          code: 'not_allowed',
        });
      }
  });

  test('a task whose client is not known leaves nothing', async () => {
    const { id } = await queued();
    const file = await shop.world.store.taskFile(id);
    if (file === null) throw new Error('a task is expected');
    await expect(openWayOut(shop.world, { ...file, client: null }, NEVER)).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });
});

describe('secrets, where the rules want a person to be asked', () => {
  const { exact, library } = { exact: () => shop.world.exact, library: () => shop.world.library };
  /** A scanner that takes the word "gate-code-word" for a secret. */
  const scanning = (): Partial<World> => ({
    library: {
      ...library(),
      rules: {
        ...library().rules,
        settings: { ...library().rules.settings, secrets: 'ask' },
      },
    },
    exact: {
      ...exact(),
      secrets: async (texts) =>
        texts.map((text) => {
          const from = text.indexOf('gate-code-word');
          return from < 0 ? [] : [{ from, to: from + 14, rule: 'test' }];
        }),
    },
  });

  test('nothing is sent before the answer, and a masked text after it', async () => {
    const { made, id } = await queued(
      'kind: draft.blog, draft a blog post about gate-code-word and clay',
    );
    const { world, sent } = worldWith((file) => file, scanning());
    await work(world, id, NEVER);
    expect(sent).toEqual([]);
    const question = await made.open('secrets');
    const text = question?.textBody ? textOf(await world.bodies.get(question.textBody)) : '';
    expect(text).toContain('1 place in the material looks like a password or a key.');
    expect(text).not.toContain('gate-code-word');

    expect(await made.answer('secrets', 'mask')).toMatchObject({ is: 'done' });
    await work(world, id, NEVER);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.material).toContain('about [SECRET:test] and clay');
    expect(JSON.stringify(sent)).not.toContain('gate-code-word');
    const started = (await made.trail(1)).find((entry) => entry.type === 'attempt.started');
    expect(started?.data).toMatchObject({
      masking: refOf(shop.world.library.rules, 'SECRETS-ASK'),
      replaced: { secret: 1 },
    });
  });

  test('a search that cannot run sends nothing', async () => {
    const { id } = await queued();
    const broken = async (): Promise<never> => {
      throw new Error('the child died');
    };
    const { world, sent } = worldWith((file) => file, {
      exact: { ...exact(), secrets: broken },
    });
    await expect(work(world, id, NEVER)).rejects.toThrow('the child died');
    expect(sent).toEqual([]);
  });
});
