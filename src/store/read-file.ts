import type { RequestId, TaskId } from '../core/id.ts';
import type { RequestFile, TaskFile } from '../flow/ports/store.ts';
import { asJson } from './columns.ts';
import type { Sql } from './connect.ts';
import { one } from './read-settings.ts';

/** Everything that hangs on a request or task, in one statement: each job begins with it, so it must be one round trip. */

const list = (json: string, from: string, order: string): string =>
  `(select coalesce(json_agg(${json} order by ${order}), '[]') from ${from})`;

/** What a request `r` and its requester `p` stand among. Approvers in force now, the owner last. */
const AROUND = `
  'request', ${asJson('request', 'r')},
  'requester', ${asJson('person', 'p')},
  'client', (select ${asJson('client', 'c')} from client c where c.id = r.client_id),
  'approvers', ${list(asJson('person', 'a'), 'approver v join person a on a.id = v.person_id where v.client_id = r.client_id and v.until is null', "a.role = 'owner', v.since")},
  'origin', (select ${asJson('channel', 'o')} from channel o where o.team = r.team and o.channel = r.channel),
  'questions', ${list(asJson('question', 'q'), 'question q where q.request_id = r.id', 'q.asked_at, q.id')}`;

const REQUEST_FILE = `
  select json_build_object(${AROUND},
    'tasks', ${list(asJson('task', 't'), 'task t where t.request_id = r.id', 't.ordinal')}) as file
  from request r join person p on p.id = r.person_id where r.id = $1`;

/** Corrections are entries and nothing else: no row holds them. */
const CORRECTIONS = `
  select json_build_object(
    'nano', coalesce(sum(e.cost_nano), 0)::bigint)
  from entry e where e.task_id = t.id and e.actor_kind = 'person' and e.type = 'cost.adjusted'`;

const TASK_FILE = `
  select json_build_object(${AROUND},
    'task', ${asJson('task', 't')},
    'drafts', ${list(asJson('draft', 'd'), 'draft d where d.task_id = t.id', 'd.version')},
    'reviews', ${list(asJson('review', 'v'), 'review v join draft d on d.id = v.draft_id where d.task_id = t.id', 'v.at, v.id')},
    'decisions', ${list(asJson('decision', 'd'), 'decision d where d.task_id = t.id', 'd.at, d.id')},
    'attempts', ${list(asJson('attempt', 'a'), 'attempt a where a.task_id = t.id', 'a.started_at, a.id')},
    'delivery', (select ${asJson('delivery', 'd')} from delivery d where d.task_id = t.id),
    'corrections', (${CORRECTIONS})) as file
  from task t join request r on r.id = t.request_id join person p on p.id = r.person_id where t.id = $1`;

/** A request with everything that hangs on it; null when there is none. */
export async function requestFile(sql: Sql, id: RequestId): Promise<RequestFile | null> {
  return (await one(ask<RequestFile>(sql, REQUEST_FILE, id)))?.file ?? null;
}

/** A task with everything that is needed to work on it and to decide about it; null when there is none. */
export async function taskFile(sql: Sql, id: TaskId): Promise<TaskFile | null> {
  return (await one(ask<TaskFile>(sql, TASK_FILE, id)))?.file ?? null;
}

function ask<T>(sql: Sql, statement: string, id: string) {
  return sql.unsafe<{ file: T }[]>(statement, [id], { prepare: true });
}
