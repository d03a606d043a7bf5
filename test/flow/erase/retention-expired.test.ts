import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestId } from '../../../src/core/id.ts';
import { refOf } from '../../../src/core/rule-set.ts';
import { retain } from '../../../src/flow/erase/retention.ts';
import { hear } from '../../../src/flow/hear.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import { press } from '../../../src/flow/press.ts';
import { sweep } from '../../../src/flow/sweep.ts';
import type { CardId } from '../../../src/flow/ports/rows-cards.ts';
import { newClient } from '../../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
  await newClient(t, 'acme');
  await t.say(OWNER, 'client bind this acme --audience practice', { channel: 'C0ACME' });
  await t.say(OWNER, 'client set acme retention 30');
}, 60_000);
afterAll(() => t.close());

const MONDAY = Date.UTC(2026, 10, 23, 9, 5);
const DAY = 86_400_000;
let today = 0;
/** So many days later. */
const later = (days: number): void => t.setNow(MONDAY + (today += days) * DAY);

/** A request of two pieces that nobody started, until it expired. */
async function expired(): Promise<RequestId> {
  const ts = `${today}.1`;
  const heard = { eventId: ts, team: TEAM, channel: 'C0ACME', ts, thread: null } as const;
  const text = '1. format notes.md\n2. proofread page.html';
  await hear(t.world, { ...heard, user: OWNER, text, files: [], door: 'mention' });
  const made = await t.world.store.requestFrom(TEAM, 'C0ACME', ts);
  const id = made?.id as RequestId;
  await plan(t.world, id);
  later(t.world.library.rules.settings.expireAfterDays);
  await sweep(t.world);
  expect(await statesOf(id)).toEqual(['expired', 'expired']);
  return id;
}

async function statesOf(id: RequestId): Promise<readonly string[]> {
  const file = await t.world.store.requestFile(id);
  return (file?.tasks ?? []).map(({ state }) => state);
}

const textsOf = async (id: RequestId): Promise<number> =>
  (await t.sql`select from body where request_id = ${id} and erased_at is null`).length;

test('what expired and nobody took up again is ended by the rule, and then its texts go', async () => {
  const id = await expired();
  const texts = await textsOf(id);
  expect(texts).toBeGreaterThan(0);

  later(29);
  await retain(t.world);
  expect(await statesOf(id)).toEqual(['expired', 'expired']);
  expect(await textsOf(id)).toBe(texts);

  later(2);
  await retain(t.world);
  expect(await statesOf(id)).toEqual(['cancelled', 'cancelled']);
  expect(await textsOf(id)).toBe(0);
  const rule = refOf(t.world.library.rules, 'RETENTION');
  const by = { rule, actor: { kind: 'rule', id: rule } };
  const trail = await t.world.store.trail({ request: id });
  expect(trail.slice(-3)).toMatchObject([
    { ...by, type: 'task.cancelled', from: 'expired', to: 'cancelled' },
    { ...by, type: 'task.cancelled', from: 'expired', to: 'cancelled' },
    { ...by, type: 'content.erased', data: { ground: 'retention', scope: 'request' } },
  ]);

  await retain(t.world);
  expect(await t.world.store.trail({ request: id })).toHaveLength(trail.length);
});

test('what somebody takes up again before that keeps its texts', async () => {
  const id = await expired();
  later(31);
  const card = await t.world.store.cardByKey(`plan:${id}`);
  const due = [...(await t.world.eraser.due(t.world.clock.now(), 50))];
  expect(due).toContain(id);
  const pressed = { card: card?.id as CardId, team: TEAM, user: OWNER } as const;
  // Pressed after it was found due and before it is ended.
  const late = { ...t.world, eraser: { ...t.world.eraser, due: async () => due } };
  expect(await press(t.world, { ...pressed, verb: 'reopen', choice: '1' })).toMatchObject({
    is: 'done',
  });
  const texts = await textsOf(id);
  await retain(late);
  expect(await statesOf(id)).toEqual(['asking', 'expired']);
  expect(await textsOf(id)).toBe(texts);
});
