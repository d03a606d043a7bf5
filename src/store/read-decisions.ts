import type { BodyId, ClientId } from '../core/id.ts';
import { requestNumber, taskNumber } from '../core/id.ts';
import type { Lane } from '../core/lane.ts';
import type { Moment } from '../core/moment.ts';
import type { Spent } from '../core/price.ts';
import { readRecorded } from '../core/recorded.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { EntryValue } from '../core/entry.ts';
import type { PastStep } from '../core/replay-tally.ts';
import { replacedLane } from '../ledger/overrides.ts';
import { readEntry } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';

/** Entries that can hold a decision of a route. */
const ROUTING: readonly EntryType[] = [
  'task.routed',
  'task.changed',
  'task.rerouted',
  'task.reopened',
  'task.resumed',
  'person.answered',
  'piece.answered',
];

/** Which decisions: from one moment on, up to another, of one client; null is no limit. */
export type Which = {
  readonly since: Moment | null;
  readonly until: Moment | null;
  readonly client: ClientId | null;
  /** The newest so many alone. */
  readonly newest?: number;
};

type Row = {
  readonly body: Uint8Array;
  readonly clientId: ClientId | null;
  readonly number: number;
  readonly ordinal: number | null;
  readonly last: boolean;
  readonly bodyId: BodyId | null;
} & { readonly [K in keyof Spent]: number | null };

/** Rows fetched at a time: more are never held. */
const PAGE = 500;

/** Every decision of a route in the record, oldest first, read page by page as fast as it is taken. */
export async function* decisionsIn(sql: Sql, which: Which): AsyncGenerator<PastStep> {
  for await (const rows of rowsOf(sql, which).cursor(PAGE))
    for (const row of rows) {
      const step = stepOf(row);
      if (step !== null) yield step;
    }
}

/** An answer to a question, a reopening and a turn hold a route only where the rules decided anew. */
function rowsOf(sql: Sql, { since, until, client, newest }: Which) {
  const routed = sql`type = any(${[...ROUTING]}) and position('"rule_set":'::bytea in body) > 0`;
  return sql<Row[]>`
    with found as (
      select id, body, client_id, task_id, request_id from entry e
      where ${routed} and (${since}::timestamptz is null or at >= ${since})
        and (${until}::timestamptz is null or at < ${until})
        and (${client}::uuid is null or client_id = ${client})
      order by id desc limit ${newest ?? null})
    select f.body, f.client_id, r.number, t.ordinal, t.body_id, w.*,
      not exists (select 1 from entry where task_id = f.task_id and id > f.id and ${routed}) as last
    from found f join request r on r.id = f.request_id left join task t on t.id = f.task_id
    left join lateral (
      select ${sumOf(sql, 'input')}, ${sumOf(sql, 'output')}, ${sumOf(sql, 'cacheRead')},
        ${sumOf(sql, 'cacheWrite')}, ${sumOf(sql, 'computeMs')}
      from attempt a where a.task_id = f.task_id and a.purpose in ('work', 'repair')
        and a.usage is not null) w on true
    order by f.id`;
}

function sumOf(sql: Sql, field: keyof Spent) {
  return sql`sum((a.usage ->> ${field})::bigint)::bigint as ${sql(field)}`;
}

function stepOf(row: Row): PastStep | null {
  const entry = readEntry(row.body);
  const data = routeIn(entry);
  if (data === null) return null;
  const recorded = readRecorded(data);
  const ordinal = row.ordinal ?? Number(entry.data['ordinal'] ?? 0);
  return {
    number: ordinal > 0 ? taskNumber(row.number, ordinal) : requestNumber(row.number),
    at: entry.at,
    client: row.clientId,
    last: row.last,
    overrode: overrideIn(entry, recorded?.decision.lane ?? null),
    spent: spentIn(row),
    piece: row.bodyId ?? pieceIn(entry),
    recorded,
  };
}

function routeIn({ type, data }: Entry): Entry['data'] | null {
  const route: EntryValue | undefined = type === 'person.answered' ? data['route'] : data;
  return typeof route === 'object' && route !== null && 'rule_set' in route
    ? (route as Entry['data'])
    : null;
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

function spentIn({ input, output, cacheRead, cacheWrite, computeMs }: Row): Spent | null {
  if (input === null || output === null) return null;
  return {
    input,
    output,
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
    computeMs: computeMs ?? 0,
  };
}
