import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryDraft } from '../../src/core/entry.ts';
import type { ClientId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import { refOf } from '../../src/core/rule-set.ts';
import { openAct } from '../../src/flow/act.ts';
import { digest, LAST_WEEK } from '../../src/flow/digest.ts';
import { digestMessage } from '../../src/flow/cards/digest-message.ts';
import { show } from '../../src/flow/show.ts';
import { sampleData } from '../helpers/entries.ts';
import { makeTestWorld, OWNER } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

const MONDAY = Date.UTC(2026, 10, 23, 8, 0);
const IN_WEEK_47 = Date.UTC(2026, 10, 18, 12, 0);
const HOUR = 3_600_000;

let t: TestWorld;
let acme: ClientId;
let borealis: ClientId;
let practice: ClientId;

beforeAll(async () => {
  t = await makeTestWorld();
  for (const slug of ['acme', 'borealis']) {
    await t.say(OWNER, `client new ${slug} ${slug}`);
    await t.say(OWNER, `client bind <#C0${slug.toUpperCase()}|${slug}> ${slug}`);
  }
  await t.say(OWNER, 'client bind <#C0TEAM1|team> acme --audience practice');
  const clients = await t.world.store.clients();
  const idOf = (slug: string) => clients.find((c) => c.slug === slug)?.id as ClientId;
  [acme, borealis, practice] = [idOf('acme'), idOf('borealis'), idOf('practice')];
  t.setNow(IN_WEEK_47);
  const delivered = task();
  await write({ client: acme, task: delivered }, [
    ended('senior', 2),
    { type: 'gate.reviewed', from: 'reviewing', to: 'queued' },
    ended('local', 1),
    { type: 'draft.made', minutes: 60 },
    { type: 'draft.approved', data: { ...sampleData('draft.approved'), review: reviewed(8) } },
    { type: 'draft.delivered', to: 'delivered', minutes: 90 },
    corrected('senior', 0.25),
    { type: 'estimate.recorded', actor: ADA, minutes: 20, data: { basis: 'person' } },
    { type: 'estimate.recorded', actor: ADA, minutes: 70, data: { basis: 'person' } },
    { type: 'estimate.recorded', minutes: 5, data: { basis: 'persona' } },
  ]);
  await write({ client: acme, task: task() }, [ended('senior', 40)]);
  await write({ client: borealis, task: task() }, [
    ended('seat', null),
    { type: 'task.sent_back', data: { ...sampleData('task.sent_back'), review: reviewed(4) } },
    { type: 'draft.made', minutes: 45 },
    { type: 'draft.approved', data: { ...sampleData('draft.approved'), review: reviewed(6) } },
    { type: 'draft.delivered', to: 'delivered', minutes: 30 },
  ]);
  const lost = { ...sampleData('draft.rejected'), review: reviewed(16) };
  await write({ client: borealis, task: task() }, [
    { type: 'task.routed', minutes: 500 },
    { type: 'draft.rejected', to: 'rejected', data: lost },
  ]);
  await write({ client: borealis, task: task() }, [
    { type: 'task.expired', to: 'expired', data: { review: reviewed(1) } },
  ]);
  t.setNow(MONDAY);
}, 60_000);
afterAll(async () => t.close());

function task(): TaskId {
  return t.world.clock.newId<TaskId>();
}

const ADA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000ad' } as const;

/** A review of that many minutes, by the owner’s table. */
function reviewed(minutes: number) {
  return { minutes, basis: 'table', table: minutes } as const;
}

function corrected(lane: string, dollars: number): Partial<EntryDraft> {
  return { type: 'cost.adjusted', actor: ADA, lane, costNano: nanoUsd(dollars * 1e9) };
}

function ended(lane: string, dollars: number | null): Partial<EntryDraft> {
  return {
    type: 'attempt.ended',
    lane,
    ...(dollars === null ? {} : { costNano: nanoUsd(dollars * 1e9) }),
  };
}

async function write(
  about: { readonly client: ClientId; readonly task: TaskId },
  drafts: readonly Partial<EntryDraft>[],
): Promise<void> {
  const act = openAct(t.world.clock);
  const actor = { kind: 'system', id: 'test' } as const;
  for (const { type = 'draft.read', ...more } of drafts)
    act.note({ type, actor, ...about, data: sampleData(type), ...more }, null);
  expect(await t.world.store.commit(act.close())).toBe('done');
}

/** `12 · 5bd1a09c`: what the log of that client is now. */
async function markOf(client: ClientId | null): Promise<string> {
  const mark = await t.world.marks.of(client);
  expect(mark?.size).toBeGreaterThan(0);
  return `${mark?.size} · ${mark?.root.slice(0, 8)}`;
}

async function cards(): Promise<readonly { id: string; key: string; wanted: number }[]> {
  return t.sql`select id, key, wanted from card where kind = 'digest' order by key`;
}

describe('the digest of the last closed week', () => {
  test('is one message per channel, however many processes ask and however often', async () => {
    await Promise.all(Array.from({ length: 5 }, () => digest(t.world, LAST_WEEK)));
    await digest(t.world, LAST_WEEK);
    await digest(t.world, '2026-W47');
    expect(await cards()).toMatchObject([
      { key: 'digest:2026-W47:C0ACME', wanted: 1 },
      { key: 'digest:2026-W47:C0BOREALIS', wanted: 1 },
      { key: 'digest:2026-W47:DU0OWNER', wanted: 1 },
    ]);
    const [noted] = await t.sql`select count(*)::int as n from entry where type = 'digest.posted'`;
    expect(noted).toEqual({ n: 3 });
    const rules = await t.sql`select distinct rule from entry where type = 'digest.posted'`;
    expect(rules).toEqual([{ rule: refOf(t.world.library.rules, 'DIGEST') }]);
    const [jobs] = await t.sql`
      select count(*)::int as n from outbox where name = 'post' and subject in (select id::text from card where kind = 'digest')`;
    expect(jobs).toEqual({ n: 3 });
  });

  test('goes to each channel with its own figures, and is posted once', async () => {
    for (const { id } of await cards()) {
      await show(t.world, id as never);
      await show(t.world, id as never);
    }
    const said = new Map(
      t.posted.map(({ message, to }) => [
        to.channel,
        message.is === 'digest' ? message.lines.join('\n') : message.is,
      ]),
    );
    expect(t.posted).toHaveLength(3);
    expect([...said.keys()].sort()).toEqual(['C0ACME', 'C0BOREALIS', 'DU0OWNER']);
    const [lines, records] = (said.get('DU0OWNER') ?? '').split('\nRecords: ');
    const own = `the practice’s own ${await markOf(null)}`;
    const theirs = `acme ${await markOf(acme)}, borealis ${await markOf(borealis)}`;
    expect(records).toBe(`The practice itself ${await markOf(practice)}, ${theirs}, ${own}`);
    expect(lines).toBe(
      [
        '2 tasks delivered, cost at least $43.25, about 100 min by hand (table to estimate: 100 min to 115 min; 1 corrected by people)',
        'Saved 65 min: 100 min by hand of delivered tasks, less 35 min of review of every task decided about. What was rejected, cancelled or expired saves nothing, and its cost and review count',
        'Waiting for you: nothing · Held: 0',
        'By client: acme $43.25 · borealis not known',
        'By lane: local $1.00 · seat not known · senior $42.25',
        'Checked: 1 sent back by the gate, 1 by people, 1 rejected. 1 of 2 approved unchanged',
        'Corrected afterwards by +$0.25, in the sums above',
        'Price not known for 1 call: in no sum above, and not nothing',
      ].join('\n'),
    );
  });

  test('tells a client of delivered work only', async () => {
    const { lines } = await digestMessage(t.world, { week: '2026-W47', client: acme });
    expect(lines).toEqual([
      '1 task delivered, cost $3.25, about 70 min by hand (table; 1 corrected by people), 8 min of review',
      'Checked before delivery: 1 sent back by the gate, 0 by people. 1 of 1 approved unchanged',
      'Corrected afterwards by +$0.25, in the sums above',
      `Record: ${await markOf(acme)}`,
    ]);
    const theirs = await digestMessage(t.world, { week: '2026-W47', client: borealis });
    expect(theirs.lines.join('\n')).toContain('cost not known');
    expect(theirs.lines.join('\n')).not.toContain('rejected');
  });

  test('an empty week says so, and a week that is none is refused', async () => {
    const empty = await digestMessage(t.world, { week: '2026-W01', client: acme });
    expect(empty.lines).toEqual([
      'Nothing was delivered this week.',
      `Record: ${await markOf(acme)}`,
    ]);
    await expect(digest(t.world, 'next week')).rejects.toThrow(/Expected a week like 2026-W47/);
  });
});

describe('weeks where the practice is', () => {
  const ZONES = ['Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'];

  test('begin at midnight there, and are an hour longer or shorter when clocks change', async () => {
    const hold = (iso: string) =>
      t.world.store.weekHolding(moment(Date.parse(iso)), 'Europe/Berlin');
    expect((await hold('2026-11-22T22:59:59Z')).week).toBe('2026-W47');
    expect((await hold('2026-11-22T23:00:00Z')).week).toBe('2026-W48');
    const autumn = await hold('2026-10-21T12:00:00Z');
    expect(autumn.to - autumn.from).toBe((7 * 24 + 1) * HOUR);
    const spring = await hold('2026-03-25T12:00:00Z');
    expect(spring.to - spring.from).toBe((7 * 24 - 1) * HOUR);
  });

  test('hold every moment exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }),
        fc.constantFrom(...ZONES),
        async (ms, zone) => {
          const { store } = t.world;
          const span = await store.weekHolding(moment(ms), zone);
          expect(span.from <= ms && ms < span.to).toBe(true);
          const next = await store.weekHolding(span.to, zone);
          expect(next.from).toBe(span.to);
          expect(next.week).not.toBe(span.week);
        },
      ),
      { numRuns: 50 },
    );
  });
});
