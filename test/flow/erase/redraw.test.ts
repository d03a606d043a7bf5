import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Fault } from '../../../src/core/fault.ts';
import type { FaultCode } from '../../../src/core/fault.ts';
import type { RequestId } from '../../../src/core/id.ts';
import { openAct } from '../../../src/flow/act.ts';
import { redraw } from '../../../src/flow/erase/redraw.ts';
import { show } from '../../../src/flow/show.ts';
import type { CardKind } from '../../../src/flow/ports/rows-cards.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import { newClient, someRequest } from '../../helpers/texts.ts';
import { makeTestWorld } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(() => t.close());

async function shownCard(request: RequestId, kind: CardKind): Promise<string> {
  const key = `${kind}:${request}`;
  const act = openAct(t.world.clock);
  const id = act.show({
    key,
    kind,
    place: { at: 'channel', channel: 'C0REVIEW' },
    requestId: request,
  });
  await t.world.store.commit(act.close());
  await show(t.world, id);
  return key;
}

const cardOf = async (key: string) => {
  const card = await t.world.store.cardByKey(key);
  if (card === null) throw new Error(`there is no card ${key}`);
  return card;
};

/** The same world, in whose Slack no message can be edited any more. */
function refusing(code: FaultCode, retry = false): World {
  const edit = () => Promise.reject(new Fault(code, 'Slack refused it.', { retry }));
  return { ...t.world, slack: { ...t.world.slack, edit } };
}

test('cards that quote are wanted once more, whether anybody saw them or not; one that quotes nothing is not', async () => {
  const request = await someRequest(t, await newClient(t, 'one'));
  const plan = await shownCard(request, 'plan');
  const received = await shownCard(request, 'received');
  const act = openAct(t.world.clock);
  act.show({ key: `gate:${request}`, kind: 'gate', place: { at: 'review' }, requestId: request });
  await t.world.store.commit(act.close());
  await redraw(t.world, [request]);
  expect(await cardOf(plan)).toMatchObject({ wanted: 2, shown: 1 });
  expect(await cardOf(received)).toMatchObject({ wanted: 1, shown: 1 });
  expect(await cardOf(`gate:${request}`)).toMatchObject({ wanted: 2, shown: 0 });
  const jobs =
    await t.sql`select 1 from outbox where subject = ${(await cardOf(plan)).id} and done_at is null`;
  expect(jobs.length).toBeGreaterThan(0);
});

test('a card that is on its way to Slack while the words are erased is wanted once more', async () => {
  const request = await someRequest(t, await newClient(t, 'meanwhile'));
  const key = `plan:${request}`;
  const act = openAct(t.world.clock);
  const place = { at: 'channel', channel: 'C0REVIEW' } as const;
  const id = act.show({ key, kind: 'plan', place, requestId: request });
  await t.world.store.commit(act.close());
  const post: World['slack']['post'] = async (...said) => {
    await redraw(t.world, [request]);
    return t.world.slack.post(...said);
  };
  await show({ ...t.world, slack: { ...t.world.slack, post } }, id);
  expect(await cardOf(key)).toMatchObject({ wanted: 2, shown: 1, ts: expect.any(String) });
});

test.each([
  ['not_found', true],
  ['not_allowed', true],
  ['auth', false],
  ['bad_input', false],
] as const)(
  'a message of ended work that Slack refuses to edit (%s) is left: %s',
  async (code, left) => {
    const request = await someRequest(t, await newClient(t, `c-${code.replace('_', '')}`));
    const key = await shownCard(request, 'plan');
    await redraw(t.world, [request]);
    const drawn = show(refusing(code), (await cardOf(key)).id);
    if (left) await drawn;
    else await expect(drawn).rejects.toMatchObject({ code });
    expect(await cardOf(key)).toMatchObject({ wanted: 2, shown: left ? 2 : 1 });
  },
);

test('a message that somebody still waits for is not given up', async () => {
  const request = await someRequest(t, null, 'asked');
  const key = await shownCard(request, 'plan');
  await redraw(t.world, [request]);
  await expect(show(refusing('not_found'), (await cardOf(key)).id)).rejects.toThrow('refused it');
  expect(await cardOf(key)).toMatchObject({ shown: 1 });
});
