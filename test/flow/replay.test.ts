import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestId } from '../../src/core/id.ts';
import { emptyTally, takeStep } from '../../src/core/replay/replay-tally.ts';
import type { Changed, PastStep, Tally } from '../../src/core/replay/replay-tally.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import { traceHash } from '../../src/flow/plan/route-data.ts';
import { press } from '../../src/flow/press.ts';
import { sweep } from '../../src/flow/sweep.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { decisionsIn } from '../../src/store/read-decisions.ts';
import { DAY, eraseRequest, playRoutes } from '../helpers/routed-day.ts';
import { makeTestWorld, OWNER, TEAM } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
let requests: readonly RequestId[];
let now = 0;

beforeAll(async () => {
  t = await makeTestWorld();
  const day = await playRoutes(t);
  requests = Object.values(day.requests);
  now = day.now;
}, 60_000);
afterAll(async () => t.close());

const ALL = { since: null, until: null, client: null };

async function steps(which: Parameters<typeof decisionsIn>[1] = ALL): Promise<PastStep[]> {
  const found: PastStep[] = [];
  for await (const step of decisionsIn(t.sql, which)) found.push(step);
  return found;
}

async function replayed(rules: RuleSet): Promise<{ tally: Tally; changed: readonly Changed[] }> {
  const tally = emptyTally();
  const { prices: table } = t.world.library;
  const by = { rules, hashOf: traceHash, table, seniorModel: 'claude-opus-5-5' };
  const changed = (await steps()).flatMap((step) => takeStep(tally, step, by) ?? []);
  return { tally, changed };
}

const entries = async () => {
  const rows = await t.sql<{ body: Uint8Array }[]>`select body from entry order by id`;
  return rows.map((row) => readEntry(row.body));
};

describe('every decision of a route is recorded whole', () => {
  test('whatever led to it', async () => {
    const routed = (await entries()).filter(
      ({ data }) => 'rule_set' in data || (typeof data['route'] === 'object' && data['route']),
    );
    expect([...new Set(routed.map((e) => e.type))].sort()).toEqual([
      'person.answered',
      'piece.answered',
      'task.changed',
      'task.reopened',
      'task.rerouted',
      'task.routed',
    ]);
    for (const { data } of routed) {
      const route = (data['route'] ?? data) as Record<string, unknown>;
      expect(route).toMatchObject({
        rule: expect.stringMatching(/#.*@/),
        offers: expect.any(Array),
        origins: expect.any(Object),
        trace: { id: expect.any(String) },
      });
      const { id } = route['trace'] as { id: never };
      const trace = JSON.parse(Buffer.from(await t.world.bodies.get(id)).toString());
      expect(traceHash(trace)).toBe(route['trace_sha256']);
      for (const ref of [trace.winner, ...trace.tried.map((one: { rule: string }) => one.rule)])
        expect(await t.world.store.loreStarting(ref.split('@')[1])).not.toBeNull();
    }
  });

  test('a piece that makes no task stands in the record beside the one that does', async () => {
    const told = (await entries()).filter((e) => e.type === 'piece.answered');
    expect(told.length).toBeGreaterThanOrEqual(2);
    for (const entry of told) expect(entry.rule).toContain('ANSWER-HUMAN');
  });

  test('what a person chose instead is told from what the rules decided', async () => {
    const overrode = (await steps()).filter((step) => step.overrode !== null);
    expect(overrode.map((step) => step.overrode)).toEqual(['senior', 'seat']);
  });

  test('words that caused a fact lie encrypted, and nowhere else', async () => {
    const rows = await t.sql<{ text: string }[]>`select trace::text as text from task`;
    expect(rows.length).toBeGreaterThan(5);
    for (const { text } of rows) expect(text).not.toMatch(/because|patient/);
  });
});

describe('decided again', () => {
  test('under the rules in force all come out identical', async () => {
    const { tally, changed } = await replayed(t.world.library.rules);
    expect(changed).toEqual([]);
    expect(tally).toMatchObject({ faults: 0, unreadable: 0, otherRules: 0 });
    expect(tally.decided).toBeGreaterThan(12);
    expect(tally.identical).toBe(tally.decided);
  });

  test('under others it is said what changes, by which rule, and what it would cost', async () => {
    const { rules } = t.world.library;
    const dear = rules.lanes.map((rule) => ({ ...rule, lane: 'senior' as const }));
    const { tally, changed } = await replayed({ ...rules, hash: 'ff'.repeat(32), lanes: dear });
    expect(tally).toMatchObject({ faults: 0, otherRules: tally.decided });
    const moved = changed.filter((one) => one.changes.includes('lane'));
    expect(moved.length).toBeGreaterThan(2);
    expect(moved.every((one) => one.replayed.now.lane === 'senior')).toBe(true);
    expect(tally.priced + tally.unpriced).toBeGreaterThan(0);
    expect(tally.qualityUnknown).toBeGreaterThan(0);
    expect(
      changed.filter((one) => one.overrode !== null).every((one) => one.nano === undefined),
    ).toBe(true);
  });

  test('a record that was altered is found', async () => {
    const { rules } = t.world.library;
    const lanes = rules.lanes.toReversed();
    const { tally } = await replayed({ ...rules, lanes });
    expect(tally.faults).toBeGreaterThan(0);
  });

  test('the newest so many, of one client, from a moment on', async () => {
    const all = await steps();
    const acme = (await t.world.store.clients()).find((client) => client.slug === 'acme');
    const newest = await steps({ ...ALL, newest: 3 });
    expect(newest).toEqual(all.slice(-3));
    expect(await steps({ ...ALL, client: acme?.id ?? null })).toEqual(all);
    const since = all.at(-1)?.at ?? null;
    expect(await steps({ ...ALL, since })).toEqual(all.filter((one) => one.at === since));
  });

  test('also after every word of them was erased', async () => {
    t.setNow((now += 100 * DAY));
    await sweep(t.world);
    const before = await steps();
    for (const { task } of await t.world.store.openTasks(null)) {
      const card = await t.world.store.cardByKey(`plan:${task.requestId}`);
      if (card !== null && task.state !== 'cancelled')
        await press(t.world, { card: card.id, verb: 'cancel', team: TEAM, user: OWNER });
    }
    for (const id of requests) await eraseRequest(t, id);
    const left = await t.sql`select 1 from body where kind = 'trace' and erased_at is null`;
    expect(left).toHaveLength(0);
    expect(await steps()).toEqual(before);
    const { tally } = await replayed(t.world.library.rules);
    expect(tally).toMatchObject({ faults: 0, identical: before.length });
  });
});
