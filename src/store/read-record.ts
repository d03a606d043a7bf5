import type { ClientId } from '../core/id.ts';
import { requestNumber, taskNumber } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import type { TaskRow } from '../flow/ports/rows.ts';
import type { Store, WeekFigures } from '../flow/ports/store.ts';
import { readEntry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';

type Part = Pick<
  Store,
  'trail' | 'openTasks' | 'week' | 'digestPosted' | 'heldTasks' | 'entryCount'
>;

/** Reads of the record: trails, and the figures of a week summed from entries. */
export function recordReads(sql: Sql): Part {
  return {
    trail: async ({ task, request }) => {
      const rows =
        task === undefined
          ? await all(
              sql<
                { body: Uint8Array }[]
              >`select body from entry where request_id = ${request ?? null} order by id`,
            )
          : await all(
              sql<
                { body: Uint8Array }[]
              >`select body from entry where task_id = ${task} order by id`,
            );
      return rows.map((row) => readEntry(row.body));
    },
    openTasks: async (client) => {
      const rows = await all(
        sql<(TaskRow & { number: number })[]>`
          select t.*, r.number from task t join request r on r.id = t.request_id
          where t.state not in ('delivered', 'rejected', 'cancelled')
            and (${client}::uuid is null or t.client_id = ${client})
          order by r.number desc, t.ordinal limit 200`,
      );
      return rows.map(({ number, ...task }) => ({ task, number }));
    },
    week: (from, to, client) => week(sql, { from, to, client }),
    digestPosted: async (of, channel) =>
      (await one(sql`select 1 from digest_post where week = ${of} and channel = ${channel}`)) !==
      null,
    heldTasks: (waitsFor) =>
      all(
        sql<
          TaskRow[]
        >`select * from task where state = 'held' and waits_for = ${waitsFor} order by changed_at limit 500`,
      ),
    entryCount: async () =>
      (await one(sql<{ n: number }[]>`select count(*) as n from entry`))?.n ?? 0,
  };
}

type Span = { readonly from: Moment; readonly to: Moment; readonly client: ClientId | null };

async function week(sql: Sql, span: Span): Promise<WeekFigures> {
  const within = sql`at >= ${span.from} and at < ${span.to} and (${span.client}::uuid is null or client_id = ${span.client})`;
  const [clients, lanes, counts, waiting, held] = await Promise.all([
    all(sql<WeekFigures['clients'][number][]>`
      select client_id,
        count(*) filter (where type = 'draft.delivered')::int as delivered,
        count(*) filter (where type = 'draft.rejected')::int as rejected,
        coalesce(sum(cost_nano), 0)::bigint as cost_nano,
        coalesce(sum(minutes) filter (where type = 'draft.delivered'), 0)::int as minutes
      from entry where ${within} and type in ('draft.delivered', 'draft.rejected', 'attempt.ended')
      group by client_id order by cost_nano desc`),
    all(sql<WeekFigures['lanes'][number][]>`
      select lane, coalesce(sum(cost_nano), 0)::bigint as cost_nano, count(*)::int as attempts,
        count(*) filter (where cost_nano is null)::int as unpriced
      from entry where ${within} and type = 'attempt.ended' group by lane order by lane`),
    one(sql<{ byGate: number; byPeople: number; approved: number; changed: number }[]>`
      select count(*) filter (where type = 'gate.reviewed' and to_state = 'queued')::int as by_gate,
        count(*) filter (where type = 'task.sent_back')::int as by_people,
        count(*) filter (where type = 'draft.approved')::int as approved,
        count(*) filter (where type = 'draft.approved' and exists (select 1 from entry e
          where e.task_id = entry.task_id and e.type in ('draft.edited', 'task.sent_back')))::int as changed
      from entry where ${within}`),
    waitingNow(sql, span.client),
    one(sql<{ n: number }[]>`
      select count(*)::int as n from task where state = 'held' and (${span.client}::uuid is null or client_id = ${span.client})`),
  ]);
  return {
    clients,
    lanes,
    sentBackByGate: counts?.byGate ?? 0,
    sentBackByPeople: counts?.byPeople ?? 0,
    approved: counts?.approved ?? 0,
    approvedUnchanged: (counts?.approved ?? 0) - (counts?.changed ?? 0),
    waiting,
    held: held?.n ?? 0,
  };
}

async function waitingNow(sql: Sql, client: ClientId | null): Promise<WeekFigures['waiting']> {
  const rows = await all(
    sql<(TaskRow & { number: number })[]>`
      select t.*, r.number from task t join request r on r.id = t.request_id
      where t.state in ('waiting', 'proposed', 'asking') and (${client}::uuid is null or t.client_id = ${client})
      order by t.changed_at limit 50`,
  );
  return rows.map(({ number, ...task }) => ({
    task,
    number: task.ordinal > 0 ? taskNumber(number, task.ordinal) : requestNumber(number),
    since: task.changedAt,
  }));
}
