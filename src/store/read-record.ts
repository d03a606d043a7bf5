import type { ClientId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import type { TaskRow } from '../flow/ports/rows-work.ts';
import type { Still, Store } from '../flow/ports/store.ts';
import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';

type Part = Pick<
  Store,
  | 'aroundDeclines'
  | 'stepsOfPeople'
  | 'approvals'
  | 'trail'
  | 'movedIn'
  | 'openTasks'
  | 'stillSince'
  | 'digestPosted'
  | 'heldTasks'
  | 'foundedAt'
>;

/** Reads of the record: trails, and the figures of a week summed from entries. */
export function recordReads(sql: Sql): Part {
  return {
    approvals: (kind) => approvals(sql, kind),
    aroundDeclines: (from, to) => entries(sql, sql`task_id in (${declinedIn(sql, from, to)})`),
    stepsOfPeople: (from, to) =>
      entries(
        sql,
        sql`at >= ${from} and at < ${to} and actor_kind = 'person'
          and type in ('task.changed', 'task.rerouted', 'task.cancelled', 'request.pieces_changed')`,
      ),
    trail: ({ task, request }) =>
      entries(
        sql,
        task === undefined ? sql`request_id = ${request ?? null}` : sql`task_id = ${task}`,
      ),
    movedIn: (span, client) =>
      entries(
        sql,
        sql`at < ${span.to} and task_id in (
          select task_id from entry where at >= ${span.from} and at < ${span.to}
            and (${client}::uuid is null or client_id = ${client}))`,
      ),
    openTasks: (client) => openTasks(sql, client),
    stillSince: (times) => stillSince(sql, times),
    digestPosted: async (of, channel) =>
      (await one(sql`select 1 from digest_post where week = ${of} and channel = ${channel}`)) !==
      null,
    heldTasks: (waitsFor) =>
      all(
        sql<
          TaskRow[]
        >`select * from task where state = 'held' and waits_for = ${waitsFor} order by changed_at, id limit 500`,
      ),
    foundedAt: async () =>
      (await one(sql<{ at: Moment }[]>`select at from entry order by id limit 1`))?.at ?? null,
  };
}

type Body = { readonly body: Uint8Array };

/** Entries that meet a condition, in the order they were written. */
export async function entries(sql: Sql, which: ReturnType<Sql>): Promise<readonly Entry[]> {
  const rows = await all(sql<Body[]>`select body from entry where ${which} order by id`);
  return rows.map((row) => readEntry(row.body));
}

/** An entry is canonical JSON: a decline by kind stands in its route, one of a model in its type or its data. */
const declinedIn = (sql: Sql, from: Moment, to: Moment) => sql`
  select task_id from entry
  where at >= ${from} and at < ${to} and task_id is not null and (type = 'task.declined'
    or (type in ('task.routed', 'task.changed', 'task.reopened', 'task.resumed', 'person.answered', 'person.asked')
      and convert_from(body, 'UTF8') ~ '"declined":(true|[{])'))`;

type Approvals = { readonly approved: number; readonly unchanged: number };

async function approvals(sql: Sql, kind: string): Promise<Approvals> {
  const counted = await one(sql<Approvals[]>`
    select count(*)::int as approved, count(*) filter (where t.round = 0 and not exists (
      select 1 from decision o where o.task_id = d.task_id and o.verb in ('edit', 'send_back')))::int as unchanged
    from decision d join task t on t.id = d.task_id
    where d.verb = 'approve' and d.voided_at is null and t.kind = ${kind} and d.at > now() - interval '180 days'`);
  return counted ?? { approved: 0, unchanged: 0 };
}

async function openTasks(sql: Sql, client: ClientId | null) {
  const rows = await all(
    sql<(TaskRow & { number: number })[]>`
      select t.*, r.number from task t join request r on r.id = t.request_id
      where t.state not in ('delivered', 'rejected', 'cancelled')
        and (${client}::uuid is null or t.client_id = ${client})
      order by r.number desc, t.ordinal limit 200`,
  );
  return rows.map(({ number, ...task }) => ({ task, number }));
}

type Stood = TaskRow & { number: number; began: Moment | null; open: Still['question'] };

async function stillSince(
  sql: Sql,
  { reminds, expires }: { readonly reminds: Moment; readonly expires: Moment },
): Promise<readonly Still[]> {
  const rows = await all(
    sql<Stood[]>`
      select t.*, r.number, q.open, (
        select max(e.at) from entry e
        where e.task_id = t.id and e.to_state is not null and e.type <> 'person.reminded') as began
      from task t
      join request r on r.id = t.request_id
      left join lateral (
        select jsonb_build_object('id', id, 'about', about) as open from question
        where t.state = 'asking' and task_id = t.id and answered_at is null
        order by asked_at desc limit 1) q on true
      where t.state in ('waiting', 'proposed', 'asking', 'failed', 'held')
        and (t.changed_at <= ${expires}
          or (t.changed_at <= ${reminds} and (t.state = 'waiting' or q.open is not null)))
      order by t.changed_at limit 1000`,
  );
  return rows.map(({ number, began, open, ...task }) => ({
    task,
    number,
    began: began ?? task.changedAt,
    question: open,
  }));
}
