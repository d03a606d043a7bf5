import type { TaskRow } from '../flow/ports/rows.ts';
import type { Store } from '../flow/ports/store.ts';
import { readEntry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';

type Part = Pick<
  Store,
  'approvals' | 'trail' | 'latest' | 'openTasks' | 'digestPosted' | 'heldTasks' | 'entryCount'
>;

/** Reads of the record: trails, and the figures of a week summed from entries. */
export function recordReads(sql: Sql): Part {
  return {
    approvals: async (kind) =>
      (await one(sql<{ approved: number; unchanged: number }[]>`
        select count(*)::int as approved, count(*) filter (where t.round = 0 and not exists (
          select 1 from decision o where o.task_id = d.task_id and o.verb in ('edit', 'send_back')))::int as unchanged
        from decision d join task t on t.id = d.task_id
        where d.verb = 'approve' and d.voided_at is null and t.kind = ${kind} and d.at > now() - interval '180 days'`)) ?? {
        approved: 0,
        unchanged: 0,
      },
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
    latest: async (client, limit) => {
      const rows = await all(
        sql<
          { body: Uint8Array }[]
        >`select body from entry where client_id = ${client} order by id desc limit ${limit}`,
      );
      return rows.map((row) => readEntry(row.body)).reverse();
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
