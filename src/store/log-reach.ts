import type postgres from 'postgres';
import type { NumberRef, RequestId, TaskId } from '../core/id.ts';
import type { Reach } from '../flow/ports/record.ts';
import type { ClientRow, PersonRow } from '../flow/ports/rows-settings.ts';
import type { Sql } from './connect.ts';
import { all, one } from './read-settings.ts';

/** A piece of a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

type Some = Exclude<Reach, 'all'>;

/** Whether an entry is within reach, as a condition on a row of `entry`. */
export function seen(sql: Sql, reach: Reach): Fragment {
  if (reach === 'all') return sql`true`;
  return sql`(client_id = any(${reach.clients}::uuid[]) or request_id in (${ownRequests(sql, reach)}))`;
}

function ownRequests(sql: Sql, { asker }: Some): Fragment {
  return sql`select id from request where person_id = ${asker}::uuid`;
}

/** Ids of the clients of whom something is within reach. */
function clientIds(sql: Sql, reach: Some): Fragment {
  return sql`
    select unnest(${reach.clients}::uuid[]) union
    select client_id from request where person_id = ${reach.asker}::uuid`;
}

export async function clientsSeen(sql: Sql, reach: Reach): Promise<readonly ClientRow[]> {
  const which = reach === 'all' ? sql`true` : sql`id in (${clientIds(sql, reach)})`;
  return all(sql<ClientRow[]>`select * from client where ${which} order by slug`);
}

/** The owner, oneself, whoever asked for work of one's clients, whoever decides or decided for a client in reach. */
export async function peopleSeen(sql: Sql, reach: Reach): Promise<readonly PersonRow[]> {
  const which =
    reach === 'all'
      ? sql`true`
      : sql`(role = 'owner' or id = ${reach.asker}::uuid
          or id in (select person_id from request where client_id = any(${reach.clients}::uuid[]))
          or id in (select person_id from approver where client_id in (${clientIds(sql, reach)})))`;
  return all(sql<PersonRow[]>`select * from person where ${which} order by name`);
}

type Work = { readonly request: RequestId; readonly task: TaskId | null };

/** The request or task of that number; null where it is not there or out of reach. */
export async function numberSeen(
  sql: Sql,
  reach: Reach,
  { request, ordinal }: NumberRef,
): Promise<Work | null> {
  const mine =
    reach === 'all'
      ? sql`true`
      : sql`(r.client_id = any(${reach.clients}::uuid[]) or r.person_id = ${reach.asker}::uuid)`;
  const found = await one(sql<Work[]>`
    select r.id as request, t.id as task
    from request r left join task t on t.request_id = r.id and t.ordinal = ${ordinal ?? null}::int
    where r.number = ${request} and ${mine}`);
  return found === null || (ordinal !== undefined && found.task === null) ? null : found;
}
