import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emptyConsultTally, takeStuck } from '../../../src/core/consult-tally.ts';
import type { ChangedStuck, PastStuck } from '../../../src/core/consult-tally.ts';
import { Fault } from '../../../src/core/fault.ts';
import type { FaultCode } from '../../../src/core/fault.ts';
import type { TaskId } from '../../../src/core/id.ts';
import { LANES } from '../../../src/core/lane.ts';
import type { Lane } from '../../../src/core/lane.ts';
import type { Cascade } from '../../../src/core/rule.ts';
import type { RuleSet } from '../../../src/core/rule-set.ts';
import type { CheckReport } from '../../../src/core/verdict.ts';
import type { LaneResult } from '../../../src/flow/ports/lanes.ts';
import { NO_USAGE } from '../../../src/flow/ports/lanes.ts';
import type { World } from '../../../src/flow/ports/world.ts';
import { review } from '../../../src/flow/review.ts';
import { work } from '../../../src/flow/work.ts';
import { readHistory } from '../../../src/ledger/history.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { connect } from '../../../src/store/connect.ts';
import { consultsIn } from '../../../src/store/read-consults.ts';
import { makeShop } from '../../helpers/turns.ts';
import type { Planned, Shop } from '../../helpers/turns.ts';
import { answerOf } from '../../helpers/worked.ts';

/** Tasks that get stuck in every way, on the real walk and a real database, and the cascade rules consulted again later. */

let shop: Shop;
let rules: RuleSet;
let now = Date.UTC(2026, 10, 24, 9);
/** A practice in which no lane has failed yet. */
async function open(): Promise<void> {
  shop = await makeShop();
  for (const lane of LANES)
    shop.health.set(lane, { is: 'ready', model: PRICED[lane], rehearsal: false });
  rules = ready(shop.world.library.rules);
}
beforeAll(open, 60_000);
afterAll(() => shop.close());

const never = new AbortController().signal;

/** Rules by which something happens from every lane, early and late, by checks and by faults. */
function ready(shipped: RuleSet): RuleSet {
  const [head] = shipped.cascades;
  if (head === undefined) throw new Error('the practice has cascade rules');
  const rule = (id: string, says: Pick<Cascade, 'after' | 'from' | 'to'>): Cascade => ({
    ...head,
    when: {},
    id,
    ...says,
  });
  const cascades = [
    rule('CASCADE-910', { after: { sendBacks: 2 }, from: 'local', to: 'seat' }),
    rule('CASCADE-920', {
      after: { faults: ['truncated', 'invalid_output', 'timeout'], times: 2 },
      from: 'local',
      to: 'senior',
    }),
    rule('CASCADE-930', { after: { sendBacks: 3 }, from: 'seat', to: 'senior' }),
    rule('CASCADE-940', { after: { faults: ['too_large'], times: 1 }, from: 'seat', to: 'senior' }),
  ];
  const breaker = { ...shipped.settings.breaker, faults: 1_000 };
  const settings = { ...shipped.settings, rounds: 4, attempts: 50, sameFailures: 50, breaker };
  return { ...shipped, cascades, settings };
}

/** What happens at the next call or check, or what somebody does before it. */
type Event =
  | { readonly is: 'call'; readonly ends: 'ok' | 'rubbish' | FaultCode }
  | { readonly is: 'check'; readonly errors: number }
  | { readonly is: 'cloud'; readonly to: 'allowed' | 'redacted' | 'never' }
  | { readonly is: 'health'; readonly lane: Lane; readonly now: 'well' | 'unknown' | 'down' };

/** What happens, in order, and the lanes a person sends it to whenever it waits for one. */
type Script = { readonly events: readonly Event[]; readonly clicks: readonly Lane[] };

/** The world of the shop with a script: its calls and checks take the next event of their kind. */
function scripted(script: Script['events']) {
  const left = [...script];
  const ill = new Map<Lane, 'unknown' | 'down'>();
  let made = 0;
  const { world } = shop;
  const next = <K extends Event['is']>(is: K) => {
    const at = left.findIndex((event) => event.is === is);
    return at < 0 ? undefined : (left.splice(at, 1)[0] as Extract<Event, { is: K }>);
  };
  const check = async (): Promise<CheckReport> => {
    const errors = next('check')?.errors ?? 0;
    const findings = Array.from({ length: errors }, () => ({
      ruleId: 'house/no-utilise',
      level: 'error' as const,
      why: 'a word we do not use',
      source: 'house style 3',
      where: { file: 'post.md', line: 1 },
      fingerprint: `${(made += 1)}`,
    }));
    return { findings, engines: [], notChecked: [] };
  };
  const run = (lane: Lane) => async (): Promise<LaneResult> => {
    const ends = next('call')?.ends ?? 'ok';
    if (ends !== 'ok' && ends !== 'rubbish') throw new Fault(ends, `Expected an answer, got none.`);
    return {
      provider: 'test',
      modelRequested: `model-${lane}`,
      modelServed: `model-${lane}`,
      requestId: null,
      text: ends === 'ok' ? answerOf() : 'Gerne!',
      files: [],
      stop: 'end',
      usage: { ...NO_USAGE, input: 1_000, output: 500 },
      latencyMs: 1,
      rehearsal: false,
    };
  };
  const lanes = Object.fromEntries(
    LANES.map((id) => {
      const health: World['lanes'][Lane]['health'] = async () =>
        ill.get(id) === 'down'
          ? { is: 'down', why: 'Away.', next: 'Wait.' }
          : { is: 'ready', model: ill.has(id) ? 'unknown' : PRICED[id], rehearsal: false };
      return [id, { ...world.lanes[id], run: run(id), health }];
    }),
  ) as unknown as World['lanes'];
  const live: World = {
    ...world,
    lanes,
    exact: { ...world.exact, check },
    library: { ...world.library, rules },
  };
  /** What people and services do before the next step. */
  const happen = async (): Promise<void> => {
    for (let event = left[0]; event !== undefined; event = left[0]) {
      if (event.is === 'cloud') await shop.say('U0OWNER', `client set acme cloud ${event.to}`);
      else if (event.is !== 'health') return;
      else if (event.now === 'well') ill.delete(event.lane);
      else ill.set(event.lane, event.now);
      left.shift();
    }
  };
  return { live, happen };
}

const SENIOR = 'claude-opus-5-5';
const PRICED: Readonly<Record<Lane, string>> = {
  tool: '',
  local: 'rehearsal-local',
  seat: 'gpt-5.4',
  senior: SENIOR,
};

const TEXT =
  'kind: rewrite.plain, put this in plain words for our clients: "Utilise the kiln hitherto unlit."';

/** Plays one task to the end of its script, or until it waits for somebody and nobody comes. */
async function played({ events, clicks }: Script): Promise<{ id: TaskId; planned: Planned }> {
  await shop.say('U0OWNER', 'client set acme cloud allowed');
  const planned = await shop.plan(TEXT);
  await planned.run();
  const { id } = await planned.task(1);
  const { live, happen } = scripted(events);
  const left = [...clicks];
  for (let rounds = 0; rounds < 30; rounds += 1) {
    // A lane that failed is tried again by then.
    shop.setNow((now += 7_200_000));
    await happen();
    const file = await shop.world.store.taskFile(id);
    if (file?.task.state === 'queued') await work(live, id, never);
    else if (file?.task.state === 'reviewing') await review(live, id, never);
    else {
      const lane = left.shift();
      if (lane === undefined || file === null) break;
      const key =
        file.task.state === 'waiting' ? `gate:${file.task.draftId}` : `plan:${file.task.requestId}`;
      await planned
        .pressed(key, { verb: 'reroute', choice: '1', fields: { piece: '1', lane } })
        .catch(() => undefined);
    }
  }
  return { id, planned };
}

async function numberOf(id: TaskId): Promise<string> {
  const file = await shop.world.store.taskFile(id);
  return `#${file?.request.number}.${file?.task.ordinal}`;
}

async function stuckOf(id: TaskId): Promise<readonly PastStuck[]> {
  const number = await numberOf(id);
  const all: PastStuck[] = [];
  for await (const stuck of consultsIn(shop.sql, { since: null, until: null, client: null }))
    if (stuck.number === number) all.push(stuck);
  return all;
}

function again(all: readonly PastStuck[], by: RuleSet) {
  const tally = emptyConsultTally();
  const { prices: table } = shop.world.library;
  const given = { rules: by, table, seniorModel: SENIOR };
  const taken = all.map((stuck) => takeStuck(tally, stuck, given));
  const changed = taken.filter((one): one is ChangedStuck => one !== null);
  return { tally, changed };
}

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

/** What the record says became of a task: escalations, in order. */
async function escalationsOf(id: TaskId): Promise<readonly string[]> {
  const trail = await shop.world.store.trail({ task: id });
  return trail
    .filter(({ type }) => type === 'task.escalated')
    .map(({ data, lane, rule }) => `${String(data['from_lane'])} ${lane} ${rule}`);
}

describe('consulted again under the rules of then', () => {
  test('every history comes out as it went, and what went is what the record says', async () => {
    const seen = { goes: 0, no_rule: 0, not_ready: 0, too_dear: 0 };
    await fc.assert(
      fc.asyncProperty(anyScript, async (script) => {
        const { id } = await played(script);
        const all = await stuckOf(id);
        const { tally, changed } = again(all, rules);
        expect(changed).toEqual([]);
        expect(tally).toMatchObject({ faults: 0, unreadable: 0, moot: 0, otherRules: 0 });
        expect(tally.identical).toBe(all.length);
        const went = all.flatMap(({ past }) => {
          if (past === null) return [];
          const { on, outcome } = past.recorded;
          seen[outcome.came] += 1;
          return outcome.came === 'goes' ? [`${on.lane} ${outcome.to} ${outcome.rule}`] : [];
        });
        expect(went).toEqual(await escalationsOf(id));
      }),
      { numRuns: 60 },
    );
    expect(Object.entries(seen).filter(([, times]) => times === 0)).toEqual([]);
  }, 240_000);

  test('everything that was written down meanwhile holds together', async () => {
    const rows = await shop.sql<{ body: Uint8Array }[]>`
      select body from entry where client_id = (select client_id from task limit 1) order by id`;
    const history = readHistory();
    const found = rows.flatMap(({ body }, n) => history.take(readEntry(body), n));
    const faults = [...found, ...history.end()].filter(({ level }) => level === 'fault');
    expect(faults).toEqual([]);
  }, 60_000);
});

const check = (errors: number): Event => ({ is: 'check', errors });
const STUCK: Script = { events: [check(3), check(2), check(1)], clicks: [] };
const MENDED: Script = { events: [check(3), check(2), check(0)], clicks: [] };
const WELL: Script = { events: [check(1), check(0)], clicks: [] };

/** The rules of then with another first cascade rule, under a hash of their own. */
function other(says: Partial<Cascade>): RuleSet {
  const cascades = rules.cascades.map((rule, n) => (n === 0 ? { ...rule, ...says } : rule));
  return { ...rules, hash: 'ff'.repeat(32), cascades };
}

/** What one call of this file costs on the senior lane, nano-USD: 1,000 tokens in and 500 out at pico-USD each. */
function oneCall(): number {
  const { rows } = shop.world.library.prices;
  const row = rows.findLast((one) => one.model === SENIOR && one.promptOver === 0);
  return ((row?.input ?? 0) * 1_000 + (row?.output ?? 0) * 500) / 1_000;
}

const told = ({ changed }: { readonly changed: readonly ChangedStuck[] }) =>
  changed.map(
    ({
      number,
      replayed: {
        changes,
        now: { to },
      },
    }) => [number, ...changes, to],
  );

describe('consulted again under other rules', () => {
  beforeAll(async () => {
    await shop.close();
    await open();
  }, 60_000);

  test('after one time back instead of two: the tasks that would go on then, once each, and no other', async () => {
    const stuck = await played(STUCK);
    const mended = await played(MENDED);
    const well = await played(WELL);
    expect([await escalationsOf(stuck.id), await escalationsOf(mended.id)]).toEqual([
      [expect.stringMatching(/^local seat cascade\.yaml#CASCADE-910@/)],
      [],
    ]);
    const all = (await Promise.all([stuck, mended, well].map(({ id }) => stuckOf(id)))).flat();
    const sooner = again(all, other({ after: { sendBacks: 1 }, to: 'senior' }));
    expect(told(sooner)).toEqual([
      [await numberOf(stuck.id), 'now_escalates', 'senior'],
      [await numberOf(mended.id), 'now_escalates', 'senior'],
    ]);
    expect(sooner.changed.map(({ replayed: { now: after } }) => after.rule)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('#CASCADE-910@')),
    );
    // The third check of the one that was stuck would never have been.
    expect(sooner.tally).toMatchObject({ moot: 1, faults: 0, unreadable: 0, qualityUnknown: 2 });
    expect(sooner.tally.priced).toBe(2);
    // Of its three calls on its own machine one came after it would have gone on.
    for (const { nano } of sooner.changed) {
      expect(nano).toBeLessThanOrEqual(oneCall());
      expect(nano).toBeGreaterThan(oneCall() / 2);
    }
  }, 60_000);

  test('without the rule it stays; to another lane it costs what its tokens cost there', async () => {
    const { id } = await played({ ...STUCK, clicks: [] });
    const all = await stuckOf(id);
    const number = await numberOf(id);
    const never = again(all, other({ after: { sendBacks: 5 } }));
    expect(told(never)).toEqual([[number, 'no_longer_escalates', null]]);
    const dearer = again(all, other({ to: 'senior' }));
    expect(told(dearer)).toEqual([[number, 'escalates_elsewhere', 'senior']]);
    expect(dearer.changed[0]?.replayed.asPlanned).toBe(true);
    // The seat is paid anyway.
    const nano = oneCall();
    expect(dearer.changed[0]?.nano).toBe(nano);
    expect(dearer.tally).toMatchObject({ priced: 1, unpriced: 0, nano: BigInt(nano) });
    const renamed = again(all, other({ id: 'CASCADE-999' }));
    expect(told(renamed)).toEqual([[number, 'escalates_by_another_rule', 'seat']]);
    const retold = again(all, other({ hash: 'ab'.repeat(32) }));
    expect([retold.tally.otherRules, retold.changed]).toEqual([all.length, []]);
  }, 60_000);

  test('the click of a person is no decision of a rule; what comes after it starts from the lane it went to', async () => {
    const { id } = await played({
      events: [check(3), check(2), { is: 'call', ends: 'ok' }, check(1)],
      clicks: [],
    });
    const refused = await played({
      events: [
        { is: 'call', ends: 'refused' },
        { is: 'call', ends: 'too_large' },
      ],
      clicks: ['seat'],
    });
    expect(await escalationsOf(id)).toHaveLength(1);
    const all = await stuckOf(refused.id);
    expect(all.map(({ past }) => past?.recorded.on.lane)).toEqual(['local', 'seat']);
    expect(all.map(({ past }) => past?.recorded.outcome.came)).toEqual(['no_rule', 'goes']);
    // What the person did stands: also where the rules would have moved it before, what came after the click is decided again.
    const early = other({ after: { faults: ['refused'], times: 1 } });
    expect(told(again(all, early))).toEqual([
      [await numberOf(refused.id), 'now_escalates', 'seat'],
    ]);
    expect(again(all, early).tally).toMatchObject({ moot: 0, identical: 1 });
  }, 60_000);
});

/** Changes the bytes of entries of a task, as nobody can who is not the owner of the database. */
async function rewritten(
  id: TaskId,
  type: string,
  change: (data: Record<string, unknown>) => void,
) {
  const admin = connect(shop.adminUrl, 1);
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
  test('as entries were before: not readable, and not identical', async () => {
    const { id } = await played({
      events: [
        check(3),
        { is: 'call', ends: 'ok' },
        { is: 'call', ends: 'overloaded' },
        check(2),
        check(1),
      ],
      clicks: [],
    });
    const all = await stuckOf(id);
    expect(again(all, rules).tally).toMatchObject({ identical: all.length, escalated: 1 });
    for (const type of ['attempt.ended', 'gate.reviewed', 'task.escalated'])
      await rewritten(id, type, (data) => {
        for (const field of ['stayed', 'send_backs', 'outcomes', 'cloud']) delete data[field];
      });
    const older = await stuckOf(id);
    expect(older).toHaveLength(all.length);
    expect(again(older, rules).tally).toMatchObject({
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
      const { id } = await played(STUCK);
      await rewritten(id, 'task.escalated', change);
      const { tally, changed } = again(await stuckOf(id), rules);
      expect(tally.faults).toBe(1);
      expect(changed.map(({ replayed }) => replayed.changes)).toEqual([[finds]]);
    },
    60_000,
  );
});
