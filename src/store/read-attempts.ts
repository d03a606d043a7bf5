import { TRIES_KNOWN } from '../core/breaker.ts';
import type { LaneTry } from '../core/breaker.ts';
import type { Lane } from '../core/lane.ts';
import type { Moment } from '../core/moment.ts';
import type { AttemptReads, LaneRecord } from '../flow/ports/attempts.ts';
import type { AttemptRow } from '../flow/ports/rows-work.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';

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

/** The newest attempts on a lane, for its breaker. */
export async function laneRecord(sql: Sql, lane: Lane): Promise<LaneRecord> {
  const ended = await all(
    sql<LaneTry[]>`
      select id, outcome, ended_at, not_before from attempt
      where lane = ${lane} and ended_at is not null
      order by ended_at desc, id desc limit ${TRIES_KNOWN}`,
  );
  const open = await one(
    sql<{ since: Moment | null }[]>`
      select max(started_at) as since from attempt where lane = ${lane} and ended_at is null`,
  );
  return { ended, openSince: open?.since ?? null };
}
