import type { ClientId, EntryId } from '../core/id.ts';
import type {
  LogFilter,
  LogPage,
  LogRow,
  LogRows,
  LogSpan,
  OneEntry,
  Reach,
  RecordReads,
  RuleName,
} from '../flow/ports/record.ts';
import { sameAs } from './connect.ts';
import type { Sql } from './connect.ts';
import { dressed } from './log-places.ts';
import type { Found } from './log-places.ts';
import { clientsSeen, numberSeen, peopleSeen, seen } from './log-reach.ts';
import type { Fragment } from './log-reach.ts';
import { all, one } from './read-settings.ts';

/** Reads of the record by filter, page by page. */
export function logReads(sql: Sql): RecordReads {
  return {
    log: (filter, page) => log(sql, filter, page),
    logEntry: (reach, which) => entryAt(sql, reach, which),
    logSpan: (days, zone) => spanOf(sql, days, zone),
    logAbout: (reach, number) => numberSeen(sql, reach, number),
    logClients: (reach) => clientsSeen(sql, reach),
    logPeople: (reach) => peopleSeen(sql, reach),
  };
}

async function log(sql: Sql, filter: LogFilter, page: LogPage): Promise<LogRows | null> {
  const cursor = page.cursor === null ? null : await cursorOf(sql, filter.reach, page.cursor);
  if (cursor === undefined) return null;
  const found = await all(pageQuery(sql, filter, { ...page, cursor }));
  const kept = found.slice(0, page.limit);
  const next = found.length > kept.length ? (kept.at(-1)?.entryId ?? null) : null;
  const rows = page.towards === 'newer' ? kept : kept.reverse();
  return { rows: page.bare === true ? rows.map(bareRow) : await dressed(sql, rows), next };
}

function bareRow({ entryId, body }: Found): LogRow {
  return { id: entryId, bytes: body, place: null, number: null };
}

/** Where in the table the cursor stands; undefined when it is no entry within reach. */
async function cursorOf(sql: Sql, reach: Reach, cursor: EntryId): Promise<number | undefined> {
  const found = await one(
    sql<{ id: number }[]>`select id from entry where entry_id = ${cursor} and ${seen(sql, reach)}`,
  );
  return found?.id;
}

type Walk = Omit<LogPage, 'cursor'> & { readonly cursor: number | null };

/**
 * One row more than a page has. Each part of what is within reach is walked along an index of its own, so that a page
 * costs the same wherever it lies; together they give the page.
 */
export function pageQuery(sql: Sql, filter: LogFilter, walk: Walk) {
  const newer = walk.towards === 'newer';
  const order = newer
    ? sql`order by id limit ${walk.limit + 1}`
    : sql`order by id desc limit ${walk.limit + 1}`;
  const wanted = allOf(sql, [...conditions(sql, filter), ...behind(sql, walk)]);
  const parts = partsOf(sql, filter).map(
    (part, at) =>
      sql`${at === 0 ? sql`` : sql`union`} (select id from entry where ${part} and ${wanted} ${order})`,
  );
  return sql<Found[]>`
    select e.id, e.entry_id, e.request_id, e.task_id, e.body
    from (select id from (${parts}) part ${order}) page join entry e on e.id = page.id
    order by ${newer ? sql`e.id` : sql`e.id desc`}`;
}

function allOf(sql: Sql, conditions: readonly Fragment[]): Fragment[] {
  return [sql`true`, ...conditions.map((condition) => sql`and ${condition}`)];
}

function behind(sql: Sql, { cursor, towards }: Walk): readonly Fragment[] {
  if (cursor === null) return [];
  return [towards === 'newer' ? sql`id > ${cursor}` : sql`id < ${cursor}`];
}

/** What is within reach, in parts that each have an index in the order of the record. */
function partsOf(sql: Sql, { reach, client }: LogFilter): readonly Fragment[] {
  if (reach === 'all') return [sql`true`];
  const clients = reach.clients.filter((id) => client === undefined || id === client);
  const parts = clients.map((id) => sql`client_id = ${id}`);
  if (reach.asker !== null)
    parts.push(
      sql`request_id = any(array(select id from request where person_id = ${reach.asker}))`,
    );
  return parts.length === 0 ? [sql`false`] : parts;
}

/** Filters that are one column. */
const COLUMNS = {
  request: 'request_id',
  task: 'task_id',
  client: 'client_id',
  model: 'model',
  type: 'type',
  lane: 'lane',
  persona: 'persona',
} as const satisfies Partial<Record<keyof LogFilter, string>>;

function conditions(sql: Sql, filter: LogFilter): readonly Fragment[] {
  const plain = Object.entries(COLUMNS).flatMap(([name, column]) => {
    const value = filter[name as keyof typeof COLUMNS];
    return value === undefined ? [] : [sql`${sql(column)} = ${value}`];
  });
  const { person, rule, span } = filter;
  return [
    ...plain,
    ...(person === undefined ? [] : [sql`actor_kind = 'person'`, sql`actor_id = ${person}`]),
    ...(rule === undefined ? [] : ruleConditions(sql, rule)),
    ...(span === undefined ? [] : spanConditions(sql, span)),
  ];
}

/** A rule stands in an entry as `file#id@hash`; neither file nor id can hold those marks. */
function ruleConditions(sql: Sql, { id, file, hash }: RuleName): readonly Fragment[] {
  return [
    sql`split_part(split_part(rule, '#', 2), '@', 1) = ${id}`,
    ...(file === undefined ? [] : [sql`split_part(rule, '#', 1) = ${file}`]),
    ...(hash === undefined ? [] : [sql`split_part(rule, '@', 2) = ${hash}`]),
  ];
}

function spanConditions(sql: Sql, { from, to, first, last }: LogSpan): readonly Fragment[] {
  return [
    ...(from === null ? [] : [sql`at >= ${from}`]),
    ...(to === null ? [] : [sql`at < ${to}`]),
    ...(first === null ? [] : [sql`id >= ${first}`]),
    ...(last === null ? [] : [sql`id <= ${last}`]),
  ];
}

async function entryAt(sql: Sql, reach: Reach, which: OneEntry): Promise<LogRow | null> {
  const where =
    'id' in which
      ? sql`entry_id = ${which.id}`
      : sql`id = (${placed(sql, which.log, which.index)})`;
  const found = await all(
    sql<
      Found[]
    >`select id, entry_id, request_id, task_id, body from entry where ${where} and ${seen(sql, reach)}`,
  );
  return (await dressed(sql, found))[0] ?? null;
}

function placed(sql: Sql, client: ClientId | null, index: number): Fragment {
  return sql`
    select l.entry_id from leaf l join log g on g.id = l.log_id
    where g.client_id ${sameAs(sql, client)} and l.idx = ${index}
    order by g.epoch desc limit 1`;
}

type Days = Parameters<RecordReads['logSpan']>[0];
type Edges = Pick<LogSpan, 'from' | 'to'>;
type Ends = { readonly first: number; readonly last: number };

/** Postgres knows the time zones: a day into which a clock change falls is an hour longer or shorter. */
async function spanOf(sql: Sql, { from, to }: Days, zone: string): Promise<LogSpan> {
  const [edges] = await all(sql<Edges[]>`
    select ${from}::text::date::timestamp at time zone ${zone} as from,
      (${to}::text::date + 1)::timestamp at time zone ${zone} as to`);
  const open: LogSpan = { from: null, to: null, first: null, last: null, ...edges };
  const { first, last } = await endsOf(sql, open);
  return { ...open, ...(from === null ? {} : { first }), ...(to === null ? {} : { last }) };
}

/**
 * The ends of the span in the table, looked for once for a listing: whatever was committed before lies between them.
 * `id + 0` keeps Postgres from walking the record from its beginning for a smallest id.
 */
async function endsOf(sql: Sql, span: LogSpan): Promise<Ends> {
  const within = allOf(sql, spanConditions(sql, span));
  const [ends] = await all(sql<Ends[]>`
    select coalesce(min(id + 0), ${Number.MAX_SAFE_INTEGER}::bigint) as first, coalesce(max(id + 0), 0) as last
    from entry where ${within}`);
  return ends ?? { first: Number.MAX_SAFE_INTEGER, last: 0 };
}
