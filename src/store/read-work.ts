import type { NumberRef, RequestId, TaskId } from '../core/id.ts';
import type { Rows } from '../flow/ports/rows.ts';
import type { CardRow, QuestionRow } from '../flow/ports/rows-cards.ts';
import type { AttributionRow, RequestRow } from '../flow/ports/rows-work.ts';
import type { Store } from '../flow/ports/store.ts';
import type { Sql } from './connect.ts';
import { requestFile, taskFile } from './read-file.ts';
import { all, one } from './read-settings.ts';

type Part = Pick<
  Store,
  | 'heardBefore'
  | 'requestFile'
  | 'requestsAt'
  | 'requestFrom'
  | 'taskFile'
  | 'attribution'
  | 'findRequest'
  | 'findTask'
  | 'question'
  | 'card'
  | 'cardAt'
  | 'cardByKey'
  | 'cardsOf'
  | 'trying'
  | 'body'
>;

/** Reads of the work itself: requests, tasks and what hangs on them. */
export function workReads(sql: Sql): Part {
  return {
    heardBefore: async ({ eventId, team, channel, ts }) =>
      (await one(sql`
        select 1 from inbox where event_id = ${eventId}
        union all
        select 1 from request where team = ${team} and channel = ${channel} and ts = ${ts} limit 1`)) !==
      null,
    requestFile: (id) => requestFile(sql, id),
    requestsAt: (team, channel, thread) => requestsAt(sql, { team, channel, thread }),
    requestFrom: (team, channel, ts) => requestFrom(sql, { team, channel, ts }),
    taskFile: (id) => taskFile(sql, id),
    attribution: (draft) =>
      one(sql<AttributionRow[]>`select * from attribution where draft_id = ${draft}`),
    findRequest: async (number) =>
      (await one(sql<{ id: RequestId }[]>`select id from request where number = ${number}`))?.id ??
      null,
    findTask: (ref) => findTask(sql, ref),
    question: (id) => one(sql<QuestionRow[]>`select * from question where id = ${id}`),
    card: (id) => one(sql<CardRow[]>`select * from card where id = ${id}`),
    cardAt: (channel, ts) =>
      one(sql<CardRow[]>`select * from card where channel = ${channel} and ts = ${ts}`),
    cardByKey: (key) => one(sql<CardRow[]>`select * from card where key = ${key}`),
    cardsOf: (request) =>
      all(sql<CardRow[]>`select * from card where request_id = ${request} order by id`),
    trying: async (id) => {
      await all(sql`update card set trying = true where id = ${id}`);
    },
    body: (id) => one(sql<Rows['body'][]>`select * from body where id = ${id}`),
  };
}

async function findTask(sql: Sql, { request, ordinal }: NumberRef): Promise<TaskId | null> {
  const found = await all(
    sql<{ id: TaskId; ordinal: number }[]>`
      select t.id, t.ordinal from task t join request r on r.id = t.request_id
      where r.number = ${request} order by t.ordinal`,
  );
  if (ordinal === undefined) return found.length === 1 ? (found[0]?.id ?? null) : null;
  return found.find((t) => t.ordinal === ordinal)?.id ?? null;
}

type Source = { readonly team: string; readonly channel: string; readonly ts: string };

function requestFrom(sql: Sql, { team, channel, ts }: Source): Promise<RequestRow | null> {
  return one(
    sql<
      RequestRow[]
    >`select * from request where team = ${team} and channel = ${channel} and ts = ${ts}`,
  );
}

type Where = { readonly team: string; readonly channel: string; readonly thread: string };

/** The requests a thread belongs to, newest first: written in it, or with a card of ours at its head. */
function requestsAt(sql: Sql, at: Where): Promise<readonly RequestRow[]> {
  return all(
    sql<RequestRow[]>`
      select r.* from request r
      where r.team = ${at.team} and r.channel = ${at.channel} and r.thread = ${at.thread}
      union
      select r.* from card c join request r on r.id = c.request_id
      where c.channel = ${at.channel} and c.ts = ${at.thread}
      order by number desc`,
  );
}
