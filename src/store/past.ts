import type { EntryType } from '../core/entry-type.ts';
import type { EntryValue } from '../core/entry.ts';
import { requestNumber, taskNumber } from '../core/id.ts';
import type { ClientId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import type { Spent } from '../core/price.ts';
import type { Entry } from '../ledger/read.ts';
import type { Sql } from './connect.ts';

/** What reading past decisions has in common, of routes and of cascade rules. */

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

/** Rows fetched at a time: more are never held. */
export const PAGE = 500;

/** An answer to a question, a reopening and a turn hold a route only where the rules decided anew. */
export function isRouted(sql: Sql) {
  return sql`type = any(${[...ROUTING]}) and position('"rule_set":'::bytea in body) > 0`;
}

export function isWithin(sql: Sql, { since, until, client }: Which) {
  return sql`(${since}::timestamptz is null or at >= ${since})
    and (${until}::timestamptz is null or at < ${until})
    and (${client}::uuid is null or client_id = ${client})`;
}

/** The route an entry holds; null where it holds none. */
export function routeIn({ type, data }: Entry): Entry['data'] | null {
  const route: EntryValue | undefined = type === 'person.answered' ? data['route'] : data;
  return typeof route === 'object' && route !== null && 'rule_set' in route
    ? (route as Entry['data'])
    : null;
}

/** `#142.2`; of a piece that made no task `#142`. */
export function numberOf(request: number, ordinal: number): string {
  return ordinal > 0 ? taskNumber(request, ordinal) : requestNumber(request);
}

/** Columns of the tokens of attempts `a`, all together. */
export function sumsOf(sql: Sql) {
  const sumOf = (field: keyof Spent) =>
    sql`sum((a.usage ->> ${field})::bigint)::bigint as ${sql(field)}`;
  return sql`${sumOf('input')}, ${sumOf('output')}, ${sumOf('cacheRead')},
    ${sumOf('cacheWrite')}, ${sumOf('computeMs')}`;
}

/** Attempts `a` that worked on a task and whose tokens were counted. */
export function isCounted(sql: Sql) {
  return sql`a.purpose in ('work', 'repair') and a.usage is not null`;
}

export type Sums = { readonly [K in keyof Spent]: number | null };

export function spentIn({ input, output, cacheRead, cacheWrite, computeMs }: Sums): Spent | null {
  if (input === null || output === null) return null;
  return {
    input,
    output,
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
    computeMs: computeMs ?? 0,
  };
}
