import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TaskId } from '../../../src/core/id.ts';
import { readHistory } from '../../../src/ledger/history.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { connect } from '../../../src/store/connect.ts';
import { openStuck } from '../../helpers/stuck.ts';
import type { StuckShop } from '../../helpers/stuck.ts';
import type { Event, Script } from '../../helpers/stuck-script.ts';

/** What the record says of consulting the cascade rules, in histories of every sort, is enough to consult them again. */

let at: StuckShop;
beforeAll(async () => {
  at = await openStuck();
}, 60_000);
afterAll(() => at.shop.close());

const anyEnd = fc.constantFrom(
  ...(['ok', 'ok', 'ok', 'rubbish', 'rubbish', 'timeout', 'timeout'] as const),
  ...(['too_large', 'overloaded', 'refused', 'auth'] as const),
);
const anyCall = fc.record({ is: fc.constant('call' as const), ends: anyEnd });
const anyCheck = fc.record({
  is: fc.constant('check' as const),
  errors: fc.constantFrom(0, 1, 1, 2, 3),
});
const anyCloud = fc.record({
  is: fc.constant('cloud' as const),
  to: fc.constantFrom('allowed', 'allowed', 'redacted', 'never'),
});
const anyHealth = fc.record({
  is: fc.constant('health' as const),
  lane: fc.constantFrom('seat' as const, 'senior' as const),
  now: fc.constantFrom('well', 'unknown', 'unknown', 'down'),
});

const anyScript: fc.Arbitrary<Script> = fc.record({
  events: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: anyCall },
      { weight: 5, arbitrary: anyCheck },
      { weight: 1, arbitrary: anyCloud },
      { weight: 2, arbitrary: anyHealth },
    ),
    { minLength: 10, maxLength: 30 },
  ),
  clicks: fc.array(fc.constantFrom('local' as const, 'local' as const, 'seat' as const), {
    minLength: 1,
    maxLength: 6,
  }),
});

const check = (errors: number): Event => ({ is: 'check', errors });
const STUCK: Script = { events: [check(3), check(2), check(1)], clicks: [] };

/** A script in which the answers cannot be used while the senior lane is like that. */
const rubbish = (now: 'well' | 'unknown' | 'down'): Script => ({
  events: [
    { is: 'health', lane: 'senior', now },
    { is: 'call', ends: 'rubbish' },
    { is: 'call', ends: 'rubbish' },
  ],
  clicks: [],
});

describe('consulted again under the rules of then', () => {
  test('every history comes out as it went, and what went is what the record says', async () => {
    const seen = { goes: 0, no_rule: 0, not_ready: 0, too_dear: 0 };
    await fc.assert(
      fc.asyncProperty(anyScript, async (script) => {
        const id = await at.played(script);
        const all = await at.stuckOf(id);
        const { tally, changed } = at.again(all, at.rules);
        expect(changed).toEqual([]);
        expect(tally).toMatchObject({ faults: 0, unreadable: 0, moot: 0, otherRules: 0 });
        expect(tally.identical).toBe(all.length);
        const went = all.flatMap(({ past }) => {
          if (past === null) return [];
          const { on, outcome } = past.recorded;
          seen[outcome.came] += 1;
          return outcome.came === 'goes' ? [`${on.lane} ${outcome.to} ${outcome.rule}`] : [];
        });
        expect(went).toEqual(await at.escalationsOf(id));
      }),
      {
        numRuns: 40,
        examples: [[STUCK], [rubbish('well')], [rubbish('unknown')], [rubbish('down')]],
      },
    );
    expect(Object.entries(seen).filter(([, times]) => times === 0)).toEqual([]);
  }, 240_000);

  test('everything that was written down meanwhile holds together', async () => {
    const rows = await at.shop.sql<{ body: Uint8Array }[]>`
      select body from entry where client_id = (select client_id from task limit 1) order by id`;
    const history = readHistory();
    const found = rows.flatMap(({ body }, n) => history.take(readEntry(body), n));
    const faults = [...found, ...history.end()].filter(({ level }) => level === 'fault');
    expect(faults).toEqual([]);
  }, 60_000);
});

/** Changes the bytes of entries of a task, as nobody can who is not the owner of the database. */
async function rewritten(
  id: TaskId,
  type: string,
  change: (data: Record<string, unknown>) => void,
) {
  const admin = connect(at.shop.adminUrl, 1);
  await admin.unsafe('alter table entry disable trigger all');
  const rows = await admin<{ id: number; body: Uint8Array }[]>`
    select id, body from entry where task_id = ${id} and type = ${type} order by id`;
  for (const row of rows) {
    const wire = JSON.parse(Buffer.from(row.body).toString()) as { data: Record<string, unknown> };
    change(wire.data);
    await admin`update entry set body = ${Buffer.from(JSON.stringify(wire))} where id = ${row.id}`;
  }
  await admin.unsafe('alter table entry enable trigger all');
  await admin.end();
}

describe('a record that does not hold it all', () => {
  beforeAll(async () => {
    await at.shop.close();
    at = await openStuck();
  }, 60_000);

  test('as entries were before: not readable, and not identical', async () => {
    const id = await at.played({
      events: [
        check(3),
        { is: 'call', ends: 'ok' },
        { is: 'call', ends: 'overloaded' },
        check(2),
        check(1),
      ],
      clicks: [],
    });
    const all = await at.stuckOf(id);
    expect(at.again(all, at.rules).tally).toMatchObject({ identical: all.length, escalated: 1 });
    for (const type of ['attempt.ended', 'gate.reviewed', 'task.escalated'])
      await rewritten(id, type, (data) => {
        for (const field of ['stayed', 'send_backs', 'outcomes', 'cloud']) delete data[field];
      });
    const older = await at.stuckOf(id);
    expect(older).toHaveLength(all.length);
    expect(at.again(older, at.rules).tally).toMatchObject({
      unreadable: all.length,
      consulted: 0,
      identical: 0,
      faults: 0,
    });
  }, 60_000);

  test.each<[string, (data: Record<string, unknown>) => void, string]>([
    ['how often it was sent back', (data) => (data['send_backs'] = 3), 'not_borne_out'],
    ['what the owner said', (data) => (data['cloud'] = 'never'), 'no_longer_escalates'],
    ['what it costs', (data) => (data['difference_nano'] = 900_000_000), 'no_longer_escalates'],
    ['the lane it was on', (data) => (data['from_lane'] = 'senior'), 'no_longer_escalates'],
  ])(
    'an altered one is a fault: %s',
    async (_what, change, finds) => {
      const id = await at.played(STUCK);
      await rewritten(id, 'task.escalated', change);
      const { tally, changed } = at.again(await at.stuckOf(id), at.rules);
      expect(tally.faults).toBe(1);
      expect(changed.map(({ replayed }) => replayed.changes)).toEqual([[finds]]);
    },
    60_000,
  );
});
