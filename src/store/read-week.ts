import type { ClientId } from '../core/id.ts';
import { requestNumber, taskNumber } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import type { TaskRow } from '../flow/ports/rows-work.ts';
import type { DeliveredFigures, Store, WeekFigures, WeekSpan } from '../flow/ports/store.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';

/** Reads for the figures of a week, summed from entries. */
export function weekReads(sql: Sql): Pick<Store, 'week' | 'weekHolding' | 'deliveredIn'> {
  return {
    week: (from, to, client) => week(sql, { from, to, client }),
    weekHolding: (at, zone) => weekHolding(sql, at, zone),
    deliveredIn: (span, client) => deliveredIn(sql, span, client),
  };
}

/** Postgres knows the time zones: a week that a clock change falls into is an hour longer or shorter. */
async function weekHolding(sql: Sql, at: Moment, zone: string): Promise<WeekSpan> {
  const span = await one(sql<WeekSpan[]>`
    select to_char(monday, 'IYYY-"W"IW') as week, monday at time zone ${zone} as from,
      (monday + interval '7 days') at time zone ${zone} as to
    from (select date_trunc('week', ${at}::timestamptz at time zone ${zone}) as monday) as local`);
  return present(span);
}

async function deliveredIn(sql: Sql, span: WeekSpan, client: ClientId): Promise<DeliveredFigures> {
  const figures = await one(sql<DeliveredFigures[]>`
    with sent as (
      select distinct d.task_id from entry d
      where d.type = 'draft.delivered' and d.client_id = ${client} and d.at >= ${span.from} and d.at < ${span.to}
    ), told as (
      select s.task_id,
        coalesce(sum(e.cost_nano) filter (where e.type in ('attempt.ended', 'cost.adjusted', 'seat.allocated')), 0) as cost_nano,
        coalesce(sum(e.cost_nano) filter (where e.type = 'cost.adjusted'), 0) as adjusted_nano,
        count(*) filter (where e.type = 'attempt.ended' and e.cost_nano is null) as unpriced,
        count(*) filter (where e.type = 'gate.reviewed' and e.to_state = 'queued') as by_gate,
        count(*) filter (where e.type = 'task.sent_back') as by_people,
        count(*) filter (where e.type = 'draft.edited') as edited
      from sent s join entry e on e.task_id = s.task_id group by s.task_id
    )
    select count(*)::int as delivered,
      coalesce(sum(cost_nano), 0)::bigint as cost_nano, coalesce(sum(adjusted_nano), 0)::bigint as adjusted_nano,
      coalesce(sum(unpriced), 0)::int as unpriced,
      coalesce(sum(by_gate), 0)::int as sent_back_by_gate, coalesce(sum(by_people), 0)::int as sent_back_by_people,
      count(*) filter (where by_people = 0 and edited = 0)::int as approved_unchanged
    from told`);
  return present(figures);
}

type Span = { readonly from: Moment; readonly to: Moment; readonly client: ClientId | null };

async function week(sql: Sql, span: Span): Promise<WeekFigures> {
  const [clients, lanes, counts, waiting, held] = await Promise.all([
    byClient(sql, span),
    byLane(sql, span),
    checked(sql, span),
    waitingNow(sql, span.client),
    heldNow(sql, span.client),
  ]);
  return { clients, lanes, ...counts, waiting, held };
}

const within = (sql: Sql, span: Span) =>
  sql`at >= ${span.from} and at < ${span.to} and (${span.client}::uuid is null or client_id = ${span.client})`;

function byClient(sql: Sql, span: Span): Promise<WeekFigures['clients']> {
  return all(sql<WeekFigures['clients'][number][]>`
    select client_id,
      count(*) filter (where type = 'draft.delivered')::int as delivered,
      count(*) filter (where type = 'draft.rejected')::int as rejected,
      coalesce(sum(cost_nano), 0)::bigint as cost_nano,
      coalesce(sum(cost_nano) filter (where type in ('cost.adjusted', 'seat.allocated')), 0)::bigint as adjusted_nano,
      count(*) filter (where type = 'attempt.ended' and cost_nano is null)::int as unpriced
    from entry
    where ${within(sql, span)} and type in ('draft.delivered', 'draft.rejected', 'attempt.ended', 'cost.adjusted', 'seat.allocated')
    group by client_id order by cost_nano desc`);
}

function byLane(sql: Sql, span: Span): Promise<WeekFigures['lanes']> {
  return all(sql<WeekFigures['lanes'][number][]>`
    select lane, coalesce(sum(cost_nano), 0)::bigint as cost_nano,
      coalesce(sum(cost_nano) filter (where type in ('cost.adjusted', 'seat.allocated')), 0)::bigint as adjusted_nano,
      count(*) filter (where type = 'attempt.ended')::int as attempts,
      count(*) filter (where type = 'attempt.ended' and cost_nano is null)::int as unpriced
    from entry where ${within(sql, span)} and type in ('attempt.ended', 'cost.adjusted', 'seat.allocated') group by lane order by lane`);
}

type Checked = Pick<
  WeekFigures,
  'sentBackByGate' | 'sentBackByPeople' | 'approved' | 'approvedUnchanged'
>;

async function checked(sql: Sql, span: Span): Promise<Checked> {
  const counts = await one(sql<Checked[]>`
    select count(*) filter (where type = 'gate.reviewed' and to_state = 'queued')::int as sent_back_by_gate,
      count(*) filter (where type = 'task.sent_back')::int as sent_back_by_people,
      count(*) filter (where type = 'draft.approved')::int as approved,
      count(*) filter (where type = 'draft.approved' and not exists (select 1 from entry e
        where e.task_id = entry.task_id and e.type in ('draft.edited', 'task.sent_back')))::int as approved_unchanged
    from entry where ${within(sql, span)}`);
  return present(counts);
}

async function heldNow(sql: Sql, client: ClientId | null): Promise<number> {
  const found = await one(sql<{ n: number }[]>`
    select count(*)::int as n from task
    where state = 'held' and (${client}::uuid is null or client_id = ${client})`);
  return present(found).n;
}

/** A query that sums always gives a row. */
function present<T>(row: T | null): T {
  if (row === null) throw new Error('a sum came back without a row');
  return row;
}

async function waitingNow(sql: Sql, client: ClientId | null): Promise<WeekFigures['waiting']> {
  const rows = await all(
    sql<(TaskRow & { number: number })[]>`
      select t.*, r.number from task t join request r on r.id = t.request_id
      where t.state in ('waiting', 'proposed', 'asking') and (${client}::uuid is null or t.client_id = ${client})
      order by t.changed_at, r.number, t.ordinal limit 500`,
  );
  return rows.map(({ number, ...task }) => ({
    task,
    number: task.ordinal > 0 ? taskNumber(number, task.ordinal) : requestNumber(number),
    since: task.changedAt,
  }));
}
