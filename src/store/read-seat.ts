import type { SeatCall, SeatReads } from '../flow/ports/seat.ts';
import type { UnpricedModel } from '../flow/price-check.ts';
import type { Sql } from './connect.ts';
import { entries } from './read-record.ts';
import { all, one } from './read-settings.ts';

/** Reads for the months of the seat. */
export function seatReads(sql: Sql): SeatReads {
  return {
    seatCredits: async (from, to) =>
      (
        await one(sql<{ credits: number }[]>`
          select coalesce(sum(credits), 0)::bigint as credits from attempt
          where ended_at >= ${from} and ended_at < ${to} and credits is not null and not rehearsal`)
      )?.credits ?? 0,
    seatCalls: (from, to) =>
      all(sql<SeatCall[]>`
        select t.client_id, a.credits, coalesce(a.cost_nano, 0)::bigint as cost_nano
        from attempt a join task t on t.id = a.task_id
        where a.ended_at >= ${from} and a.ended_at < ${to} and a.credits is not null and not a.rehearsal
        order by a.ended_at, a.id`),
    unpricedModels: () =>
      all(sql<UnpricedModel[]>`
        select lane, model, count(*)::int as calls from attempt
        where cost_basis = 'unpriced' and model is not null and not rehearsal
        group by lane, model order by calls desc, model`),
    seatEntries: () => entries(sql, sql`type in ('seat.closed', 'seat.allocated')`),
  };
}
