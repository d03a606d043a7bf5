import { TRIES_KNOWN } from '../core/breaker.ts';
import type { LaneTry } from '../core/breaker.ts';
import type { Lane } from '../core/lane.ts';
import type { Moment } from '../core/moment.ts';
import type { AttemptReads, LaneRecord } from '../flow/ports/attempts.ts';
import type { AttemptRow } from '../flow/ports/rows-work.ts';
import type { Sql } from './connect.ts';
import { all } from './read-settings.ts';

/** Reads over the attempts of all tasks: what they say about a lane, and which were left open. */
export function attemptReads(sql: Sql): AttemptReads {
  return {
    laneRecord: (lane) => laneRecord(sql, lane),
    openAttempts: (before) =>
      all(
        sql<AttemptRow[]>`
          select * from attempt where ended_at is null and started_at < ${before}
          order by started_at limit 100`,
      ),
  };
}

/** The newest attempts on a lane, for its breaker, and since when one is under way; as they stand at one moment. */
export async function laneRecord(sql: Sql, lane: Lane): Promise<LaneRecord> {
  const rows = await all(
    sql<(LaneTry & { openSince: Moment | null })[]>`
      with since as (
        select max(started_at) as open_since from attempt where lane = ${lane} and ended_at is null
      ), ended as (
        select id, outcome, ended_at, not_before from attempt
        where lane = ${lane} and ended_at is not null
        order by ended_at desc, id desc limit ${TRIES_KNOWN}
      )
      select ended.*, open_since from since left join ended on true
      order by ended_at desc, id desc`,
  );
  return {
    ended: rows.flatMap(({ openSince: _since, ...tried }) => (isTry(tried) ? [tried] : [])),
    openSince: rows[0]?.openSince ?? null,
  };
}

/** The one row of a lane on which nothing has ended yet holds no attempt. */
function isTry(tried: LaneTry): boolean {
  return (tried.id as string | null) !== null;
}
