import type { BodyId, ClientId } from '../core/id.ts';
import type { Lane } from '../core/lane.ts';
import { readRecorded } from '../core/replay/recorded.ts';
import type { PastStep } from '../core/replay/replay-tally.ts';
import { replacedLane } from '../ledger/overrides.ts';
import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';
import { isCounted, isRouted, isWithin, numberOf, PAGE, routeIn, spentIn, sumsOf } from './past.ts';
import type { Sums, Which } from './past.ts';

type Row = {
  readonly body: Uint8Array;
  readonly clientId: ClientId | null;
  readonly number: number;
  readonly ordinal: number | null;
  readonly last: boolean;
  readonly bodyId: BodyId | null;
} & Sums;

/** Every decision of a route in the record, oldest first, read page by page as fast as it is taken. */
export async function* decisionsIn(sql: Sql, which: Which): AsyncGenerator<PastStep> {
  for await (const rows of rowsOf(sql, which).cursor(PAGE))
    for (const row of rows) {
      const step = stepOf(row);
      if (step !== null) yield step;
    }
}

function rowsOf(sql: Sql, which: Which) {
  return sql<Row[]>`
    with found as (
      select id, body, client_id, task_id, request_id from entry
      where ${isRouted(sql)} and ${isWithin(sql, which)}
      order by id desc limit ${which.newest ?? null})
    select f.body, f.client_id, r.number, t.ordinal, t.body_id, w.*,
      not exists (select 1 from entry where task_id = f.task_id and id > f.id and ${isRouted(sql)}) as last
    from found f join request r on r.id = f.request_id left join task t on t.id = f.task_id
    left join lateral (
      select ${sumsOf(sql)} from attempt a where a.task_id = f.task_id and ${isCounted(sql)}) w on true
    order by f.id`;
}

function stepOf(row: Row): PastStep | null {
  const entry = readEntry(row.body);
  const data = routeIn(entry);
  if (data === null) return null;
  const recorded = readRecorded(data);
  const ordinal = row.ordinal ?? Number(entry.data['ordinal'] ?? 0);
  return {
    number: numberOf(row.number, ordinal),
    at: entry.at,
    client: row.clientId,
    last: row.last,
    overrode: overrideIn(entry, recorded?.decision.lane ?? null),
    spent: spentIn(row),
    piece: row.bodyId ?? pieceIn(entry),
    recorded,
  };
}

/** A piece that made no task is named by its entry alone. */
function pieceIn({ data }: Entry): BodyId | null {
  const { piece } = data;
  return typeof piece === 'object' && piece !== null && 'id' in piece
    ? (piece['id'] as BodyId)
    : null;
}

/** The lane of the entry is where the task really went: a person's choice, and since the rules read it theirs as well. */
function overrideIn(entry: Entry, decided: Lane | null): Lane | null {
  const { type, lane, actor } = entry;
  const byHand = actor.kind === 'person' && (type === 'task.changed' || type === 'task.rerouted');
  const isOther = lane !== decided || replacedLane(entry) !== null;
  return byHand && lane !== null && isOther ? (lane as Lane) : null;
}
