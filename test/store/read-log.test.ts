import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryDraft } from '../../src/core/entry.ts';
import { readDay } from '../../src/core/day.ts';
import type { Day } from '../../src/core/day.ts';
import type { ClientId, EntryId, PersonId, RequestId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import type { LogFilter, LogPage, LogSpan, Reach, RuleName } from '../../src/flow/ports/record.ts';
import type { Store } from '../../src/flow/ports/store.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { pageQuery } from '../../src/store/read-log.ts';
import { makeStore } from '../../src/store/open.ts';
import { fillRecord } from '../helpers/bulk.ts';
import { placeEntries } from '../helpers/places.ts';
import { line, makeScene, NOW, waitingTask } from './scene.ts';
import type { Scene } from './scene.ts';

type Known = { readonly id: EntryId; readonly entry: Entry };

let scene: Scene;
let store: Store;
let globex: ClientId;
/** A request that the colleague asked for, for globex; another of theirs, for nobody yet. */
let asked: RequestId;
let unplaced: RequestId;
let tasks: readonly TaskId[];
/** Everything that was written, in its order. */
let written: Known[] = [];

const id = <T extends string>(): T => randomUUID() as string as T;
const HOUR = 3_600_000;
const RULES = ['lanes.yaml#LANE-010', 'lanes.yaml#LANE-020', 'gates.yaml#LANE-010'].map(
  (name, at) => `${name}@${String(at).repeat(16)}`,
);
const TYPES = ['task.claimed', 'task.resumed', 'draft.read', 'client.set'] as const;
const MODELS = ['claude-opus-5-5', 'gemma4'];
const PERSONAS = ['editor', 'drafter'];

beforeAll(async () => {
  scene = await makeScene();
  store = makeStore(
    scene.writer,
    { build: 'test', origin: 'test', policy: () => '00' },
    () => undefined,
  );
  globex = id();
  asked = id();
  unplaced = id();
  await scene.writer.begin(async (tx) => {
    const last = await line(tx, { type: 'client.created', client: globex });
    await tx`insert into client ${tx({ id: globex, slug: 'globex', name: 'Globex', cloud: 'unset', last_entry: last })}`;
    for (const [request, client] of [
      [asked, globex],
      [unplaced, null],
    ] as const)
      await tx`insert into request ${tx({
        id: request,
        client_id: client,
        person_id: scene.colleague,
        team: 'T',
        channel: 'C',
        thread: request,
        ts: request,
        door: 'dm',
        body_id: id(),
        step: 'planned',
        received_at: NOW,
        last_entry: last,
      })}`;
  });
  tasks = [(await waitingTask(scene)).task, (await waitingTask(scene)).task];
  for (let at = 0; at < 160; at += 1) await writeAny(at);
  written = await everything();
}, 60_000);
afterAll(() => scene.close());

/** Every entry there is, read by a statement that knows no filter. */
async function everything(): Promise<Known[]> {
  const rows = await scene.admin<{ body: Uint8Array }[]>`select body from entry order by id`;
  return rows.map(({ body }) => {
    const entry = readEntry(body);
    return { id: entry.id as EntryId, entry };
  });
}

/** An entry of many kinds, the same for the same number. Times go forward and backward. */
async function writeAny(at: number): Promise<void> {
  const pick = <T>(values: readonly T[], step: number): T | undefined =>
    values[Math.floor(at / step) % (values.length + 1)];
  const draft = Object.entries({
    client: pick([scene.client, globex], 2),
    request: pick([scene.request, asked, unplaced], 3),
    task: pick(tasks, 5),
    rule: pick(RULES, 1),
    model: pick(MODELS, 7),
    persona: pick(PERSONAS, 3),
    lane: pick(['local', 'senior'], 4),
  }).filter(([, value]) => value !== undefined);
  const person = pick([scene.approver, scene.colleague, scene.guest], 2);
  const data = {
    ...Object.fromEntries(draft),
    type: TYPES[at % TYPES.length] ?? 'client.set',
    actor:
      person === undefined
        ? { kind: 'system', id: scene.approver }
        : { kind: 'person', id: person },
  } as Partial<EntryDraft>;
  const when = moment(NOW + ((at * 37) % 160) * HOUR);
  await scene.writer.begin((tx) => line(tx, data, when));
}

/** The same filter, said in memory. */
function fits({ entry }: Known, filter: LogFilter): boolean {
  const { request, task, client, model, type, lane, persona } = filter;
  const columns = { request, task, client, model, type, lane, persona };
  const plain = Object.entries(columns).every(
    ([name, value]) => value === undefined || entry[name as keyof typeof columns] === value,
  );
  const { person, rule } = filter;
  return (
    plain &&
    within(entry, filter.reach) &&
    (person === undefined || (entry.actor.kind === 'person' && entry.actor.id === person)) &&
    (rule === undefined || (entry.rule !== null && names(rule, entry.rule))) &&
    between(entry, filter.span)
  );
}

function between({ at }: Entry, span: LogSpan | undefined): boolean {
  return at >= (span?.from ?? 0) && at < (span?.to ?? Infinity);
}

function within(entry: Entry, reach: Reach): boolean {
  if (reach === 'all') return true;
  const own =
    reach.asker === scene.colleague
      ? [asked, unplaced]
      : reach.asker === scene.approver
        ? [scene.request]
        : [];
  return (
    reach.clients.includes(entry.client as ClientId) || own.includes(entry.request as RequestId)
  );
}

function names({ id: rule, file, hash }: RuleName, ref: string): boolean {
  const [, ofFile, ofRule, ofHash] = /^(.*)#(.*)@(.*)$/.exec(ref) ?? [];
  return rule === ofRule && (file ?? ofFile) === ofFile && (hash ?? ofHash) === ofHash;
}

const expected = (filter: LogFilter, all = written) =>
  all.filter((known) => fits(known, filter)).map((known) => known.id);

/** Page after page until there is no more, or `most` pages. */
async function paged(
  filter: LogFilter,
  { towards, limit }: Pick<LogPage, 'towards' | 'limit'>,
  between: () => Promise<void> = async () => undefined,
): Promise<readonly EntryId[]> {
  const found: EntryId[] = [];
  let cursor: EntryId | null = null;
  do {
    const page = await store.log(filter, { towards, limit, cursor });
    if (page === null) throw new Error('the cursor of a page is gone');
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    const ids = page.rows.map((row) => row.id);
    if (towards === 'newer') found.push(...ids);
    else found.unshift(...ids);
    cursor = page.next;
    await between();
  } while (cursor !== null);
  return found;
}

const reaches = (): fc.Arbitrary<Reach> =>
  fc.constantFrom<Reach>(
    'all',
    { clients: [scene.client], asker: scene.approver },
    { clients: [scene.client, globex], asker: null },
    { clients: [], asker: scene.colleague },
    { clients: [globex], asker: scene.colleague },
    { clients: [], asker: null },
  );

const filters = (): fc.Arbitrary<LogFilter> =>
  fc
    .record(
      {
        request: fc.constantFrom(scene.request, asked, unplaced),
        task: fc.constantFrom(...tasks),
        client: fc.constantFrom(scene.client, globex),
        person: fc.constantFrom(scene.approver, scene.colleague, scene.guest),
        model: fc.constantFrom(...MODELS),
        rule: fc.constantFrom<RuleName>(
          { id: 'LANE-010' },
          { id: 'LANE-020' },
          { id: 'LANE-010', file: 'gates.yaml' },
          { id: 'LANE-010', file: 'lanes.yaml', hash: '0'.repeat(16) },
          { id: 'LANE-0' },
        ),
        type: fc.constantFrom(...TYPES),
        lane: fc.constantFrom('local' as const, 'senior' as const),
        persona: fc.constantFrom(...PERSONAS),
      },
      { requiredKeys: [] },
    )
    .chain((filter) => reaches().map((reach) => ({ ...filter, reach })))
    // Three filters at once find little; one or two of them find something.
    .map((filter) => Object.fromEntries(Object.entries(filter).slice(-3)) as unknown as LogFilter);

describe('a filter', () => {
  test('gives what the same filter gives over the whole list, in pages of any size, from either end', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), fc.integer({ min: 1, max: 70 }), async (filter, limit) => {
        expect(await paged(filter, { towards: 'newer', limit })).toEqual(expected(filter));
        expect(await paged(filter, { towards: 'older', limit })).toEqual(expected(filter));
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test.each([
    ['2026-11-24', '2026-11-25'],
    ['2026-11-25', null],
    [null, '2026-11-24'],
    ['2026-11-30', '2026-11-30'],
    ['2027-01-01', '2027-01-31'],
    ['2027-01-01', null],
    [null, '2025-12-31'],
  ])('of the days from %s to %s includes both, in the zone of the practice', async (from, to) => {
    const day = (text: string | null): Day | null =>
      text === null ? null : (readDay(text) ?? null);
    const span = await store.logSpan({ from: day(from), to: day(to) }, 'Europe/Berlin');
    const midnight = (text: string): number => Date.parse(`${text}T00:00:00+01:00`);
    expect(span.from).toBe(from === null ? null : midnight(from));
    expect(span.to).toBe(to === null ? null : midnight(to) + 24 * HOUR);
    const filter: LogFilter = { reach: 'all', span };
    expect(await paged(filter, { towards: 'newer', limit: 7 })).toEqual(expected(filter));
    expect(await paged(filter, { towards: 'older', limit: 7 })).toEqual(expected(filter));
  });

  test('a day on which the clock changes has 23 or 25 hours', async () => {
    const hours = async (day: string): Promise<number> => {
      const both = { from: day as Day, to: day as Day };
      const { from, to } = await store.logSpan(both, 'Europe/Berlin');
      return ((to ?? 0) - (from ?? 0)) / HOUR;
    };
    expect([
      await hours('2026-03-29'),
      await hours('2026-10-25'),
      await hours('2026-11-23'),
    ]).toEqual([23, 25, 24]);
  });

  test('gives the exact bytes', async () => {
    const [first] =
      (await store.log({ reach: 'all' }, { towards: 'newer', cursor: null, limit: 1 }))?.rows ?? [];
    const [row] = await scene.admin<
      { body: Uint8Array }[]
    >`select body from entry order by id limit 1`;
    expect(Buffer.from(first?.bytes ?? [])).toEqual(row?.body);
  });
});

test('pages of any size give the sequence of one page while entries are added', async () => {
  let more = 1_000;
  await fc.assert(
    fc.asyncProperty(filters(), fc.integer({ min: 3, max: 40 }), async (filter, limit) => {
      let added = 0;
      const seen = await paged(filter, { towards: 'newer', limit }, async () => {
        if ((added += 1) < 5) await writeAny((more += 1));
      });
      const one = await store.log(filter, { towards: 'newer', cursor: null, limit: 1_000_000 });
      const whole = one?.rows.map((row) => row.id) ?? [];
      // The last page is read before the last entry is added.
      expect(whole.slice(0, seen.length)).toEqual(seen);
      expect(whole.length - seen.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 25 },
  );
  written = await everything();
}, 60_000);

describe('what is out of reach does not exist', () => {
  const approver = (): Reach => ({ clients: [scene.client], asker: scene.approver });
  const requester = (): Reach => ({ clients: [], asker: scene.colleague });
  const nobody: Reach = { clients: [], asker: null };
  const foreign = (reach: Reach) => written.filter(({ entry }) => !within(entry, reach));

  test.each([
    ['an approver', approver],
    ['a requester', requester],
    ['nobody', () => nobody],
  ])('for %s: neither as an entry nor as a cursor', async (_who, of) => {
    const reach = of();
    const out = foreign(reach);
    expect(out.length).toBeGreaterThan(20);
    for (const known of out.slice(0, 40)) {
      expect(await store.logEntry(reach, { id: known.id })).toBeNull();
      const page = { towards: 'newer', cursor: known.id, limit: 5 } as const;
      expect(await store.log({ reach }, page)).toBeNull();
    }
    const unknown = { towards: 'older', cursor: id<EntryId>(), limit: 5 } as const;
    expect(await store.log({ reach }, unknown)).toBeNull();
  });

  test('for an approver: requests, clients and people of others', async () => {
    const reach = approver();
    const [mine, theirs] = await scene.admin<{ number: number }[]>`
      select number from request order by client_id = ${scene.client} desc nulls last, number`;
    expect(await store.logAbout(reach, { request: mine?.number ?? 0 })).toEqual({
      request: scene.request,
      task: null,
    });
    expect(await store.logAbout(reach, { request: theirs?.number ?? 0 })).toBeNull();
    expect(await store.logAbout(reach, { request: mine?.number ?? 0, ordinal: 9_999 })).toBeNull();
    expect((await store.logClients(reach)).map((client) => client.slug)).toEqual(['acme']);
    const people = (await store.logPeople(reach)).map((person) => person.id);
    expect(people).toContain(scene.approver);
    expect(people).not.toContain(scene.colleague);
  });

  test('for a requester: all but the clients and approvers of their own requests', async () => {
    const reach = requester();
    expect((await store.logClients(reach)).map((client) => client.slug)).toEqual(['globex']);
    expect((await store.logPeople(reach)).map((person) => person.id)).toEqual([scene.colleague]);
    expect(await store.logClients(nobody)).toEqual([]);
    expect(await store.logPeople(nobody)).toEqual([]);
  });
});

describe('a place', () => {
  test('is the one in the newest log, with whether a checkpoint covers it, and finds the entry again', async () => {
    const acme = written.filter(({ entry }) => entry.client === scene.client);
    await placeEntries(scene.admin, { client: scene.client, epoch: 1, signed: 500 });
    await placeEntries(scene.admin, { client: scene.client, epoch: 2, signed: 3 });
    await placeEntries(scene.admin, { client: null });
    const page = await store.log(
      { reach: 'all', client: scene.client },
      { towards: 'newer', cursor: null, limit: 5 },
    );
    expect(page?.rows.map((row) => row.place)).toEqual(
      [0, 1, 2, 3, 4].map((index) => ({
        client: scene.client,
        epoch: 2,
        index,
        signed: index < 3,
      })),
    );
    const reach: Reach = { clients: [scene.client], asker: null };
    const at = await store.logEntry(reach, { log: scene.client, index: 4 });
    expect(at?.id).toBe(acme[4]?.id);
    expect(await store.logEntry(reach, { log: null, index: 0 })).toBeNull();
    expect((await store.logEntry('all', { log: null, index: 0 }))?.place?.client).toBeNull();
    expect(await store.logEntry('all', { log: globex, index: 0 })).toBeNull();
  });

  test('is null before the sequencer came by, and the number is that of task or request', async () => {
    const request = written.find(({ entry }) => entry.request === asked && entry.task === null);
    const row = await store.logEntry('all', { id: request?.id ?? id() });
    const [number] = await scene.admin<
      { number: number }[]
    >`select number from request where id = ${asked}`;
    expect(row?.number).toEqual({ request: number?.number });
    const task = written.find(({ entry }) => entry.task === tasks[0] && entry.client === globex);
    const other = await store.logEntry('all', { id: task?.id ?? id() });
    expect(other?.number).toMatchObject({ ordinal: expect.any(Number) });
    expect(other?.place).toBeNull();
  });
});

describe('over many entries', () => {
  const person = (): PersonId => scene.approver;
  let trail: TaskId;
  beforeAll(async () => {
    const from = Date.UTC(2027, 0, 1);
    const few = { count: 2_000, client: globex, from, tasks: 100 };
    await fillRecord(scene.admin, { ...few, count: 60_000, client: scene.client, tasks: 3_000 });
    trail = (await fillRecord(scene.admin, few))[50] ?? id();
    await scene.admin`vacuum analyze entry`;
  }, 60_000);

  const plan = async (filter: LogFilter, cursor: number | null = null): Promise<string> => {
    const walk = { towards: 'newer', limit: 28, cursor } as const;
    const rows = await scene.admin<
      Record<string, string>[]
    >`explain ${pageQuery(scene.admin, filter, walk)}`;
    return rows.flatMap((row) => Object.values(row)).join('\n');
  };

  test.each<[string, () => LogFilter, string]>([
    ['task', () => ({ reach: 'all', task: trail }), 'entry_task'],
    ['request', () => ({ reach: 'all', request: asked }), 'entry_request'],
    ['client', () => ({ reach: 'all', client: globex }), 'entry_client'],
    ['clients in reach', () => ({ reach: { clients: [globex], asker: null } }), 'entry_client'],
    ['own requests', () => ({ reach: { clients: [], asker: person() } }), 'entry_request'],
    ['everything', () => ({ reach: 'all' }), 'entry_pkey'],
  ])('a page by %s reads an index and never the whole table', async (_by, of, index) => {
    const said = await plan(of(), 30_000);
    expect(said).toContain(index);
    expect(said).not.toContain('Seq Scan on entry');
  });

  test('a page of some days lies between the ends of those days', async () => {
    const days = { from: '2027-01-31' as Day, to: '2027-01-31' as Day };
    const span = await store.logSpan(days, 'Europe/Berlin');
    expect((span.last ?? 0) - (span.first ?? 0)).toBeLessThan(70_000);
    expect(await plan({ reach: 'all', span })).toMatch(
      /Index Cond: \(\(id >= '[0-9]+'::bigint\) AND \(id <= '[0-9]+'::bigint\)\)/,
    );
  });

  test('the trail of one task is its entries and nothing else', async () => {
    const page = await store.log(
      { reach: 'all', task: trail },
      { towards: 'newer', cursor: null, limit: 500 },
    );
    expect(page?.rows).toHaveLength(20);
    expect(page?.rows.every((row) => readEntry(row.bytes).task === trail)).toBe(true);
  });
});
