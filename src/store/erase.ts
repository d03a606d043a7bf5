import { Fault } from '../core/fault.ts';
import type { BodyId, ClientId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import { isFinal, STATES } from '../core/task.ts';
import type { Eraser, Held, LivingBody, OpenWork, Scope } from '../flow/ports/eraser.ts';
import type { KeyringRow } from '../flow/ports/rows.ts';
import type { QuestionRow } from '../flow/ports/rows-cards.ts';
import type { ChannelRow } from '../flow/ports/rows-settings.ts';
import type { DraftRow, ReviewRow } from '../flow/ports/rows-work.ts';
import { commit } from './commit.ts';
import type { Stamp } from './commit.ts';
import { connect } from './connect.ts';
import type { Sql } from './connect.ts';
import { keyName, ownerOf } from './key-name.ts';
import type { Keys } from './keys.ts';
import { all, one } from './read-settings.ts';

/** Connections of the eraser; doctor counts them. */
export const ERASER_POOL = 2;

/**
 * The pool of the role that erases. What it writes is on disk before it goes on, whatever the server does by default:
 * a key is destroyed right after what it locked was wrapped anew.
 */
export function connectEraser(url: string): Sql {
  return connect(url, ERASER_POOL, { synchronous_commit: 'on' });
}

/** The eraser over its own pool. */
export function makeEraser(sql: Sql, stamp: Stamp, keys: Keys): Eraser {
  return {
    commit: (act) => commit(sql, act, stamp),
    held: (scope) =>
      all(sql<Held[]>`
        select kind, count(*)::int as bodies, sum(size)::bigint as bytes from body b
        where ${BODIES[scope.is](sql, scope.id)} and erased_at is null group by kind order by kind`),
    living: (scope, limit) =>
      all(sql<LivingBody[]>`
        select id, client_id, request_id, task_id, kind, key_name from body b
        where ${BODIES[scope.is](sql, scope.id)} and erased_at is null order by id limit ${limit}`),
    open: (scope) => open(sql, scope),
    quoting: (bodies) => quoting(sql, bodies),
    naming: (client) => naming(sql, client),
    wordsOf: async (person) => {
      const rows = await all(sql<{ number: number }[]>`
        select number from request r where person_id = ${person}
          and exists (select 1 from body b where b.request_id = r.id and b.erased_at is null) order by number`);
      return rows.map((row) => row.number);
    },
    closing: (client) => closing(sql, client),
    destroyKeys: (client) => destroyKeys(sql, keys, client),
    due: (now, limit) => due(sql, now, limit),
  };
}

type Where = (sql: Sql, id: string) => ReturnType<Sql>;

/** Which bodies `b` are of a scope. What was heard for a client and is not wrapped under its key is its own as well. */
const BODIES: Readonly<Record<Scope['is'], Where>> = {
  body: (sql, id) => sql`b.id = ${id}`,
  task: (sql, id) => sql`b.task_id = ${id}`,
  request: (sql, id) => sql`b.request_id = ${id}`,
  client: (sql, id) => sql`(b.client_id = ${id} or (b.client_id is null and b.request_id in (
    select id from request where client_id = ${id})))`,
};

/** Which requests `r` and tasks `t` need the bodies of a scope. */
const WORK: Readonly<Record<Scope['is'] | 'person', Where>> = {
  body: (sql, id) => sql`exists (select 1 from body b where b.id = ${id} and b.request_id = r.id
    and (b.task_id is null or b.task_id = t.id))`,
  task: (sql, id) => sql`t.id = ${id}`,
  request: (sql, id) => sql`r.id = ${id}`,
  client: (sql, id) => sql`r.client_id = ${id}`,
  person: (sql, id) => sql`r.person_id = ${id}`,
};

const FINAL = STATES.filter(isFinal);

function open(sql: Sql, scope: Parameters<Eraser['open']>[0]): Promise<readonly OpenWork[]> {
  return all(sql<OpenWork[]>`
    select r.number as request, t.ordinal, coalesce(t.state, r.step) as state
    from request r left join task t on t.request_id = r.id
    where ${WORK[scope.is](sql, scope.id)}
      and ((t.id is null and r.step in ('received', 'asked')) or t.state <> all(${FINAL}))
    order by r.number, t.ordinal limit 200`);
}

async function quoting(sql: Sql, bodies: readonly BodyId[]) {
  const ids = bodies as BodyId[];
  const [drafts, reviews] = await Promise.all([
    all(sql<DraftRow[]>`
      select d.* from draft d where d.task_id in (select task_id from body where id = any(${ids}))
        and exists (select 1 from jsonb_array_elements(d.files) f where f ->> 'body' = any(${ids}))`),
    all(sql<ReviewRow[]>`select * from review where report_body = any(${ids})`),
  ]);
  return { drafts, reviews };
}

async function naming(sql: Sql, client: ClientId) {
  const offered = sql.json([{ value: client }]);
  const [channels, questions] = await Promise.all([
    all(sql<ChannelRow[]>`select * from channel where client_id = ${client}`),
    all(sql<QuestionRow[]>`
      select * from question where about = 'client' and options @> ${offered}`),
  ]);
  return { channels, questions };
}

async function closing(sql: Sql, client: ClientId): ReturnType<Eraser['closing']> {
  const owner = ownerOf(client);
  const ring = await one(sql<KeyringRow[]>`select * from keyring where owner = ${owner}`);
  if (ring === null)
    return (lastEntry, closedAt) => ({
      insert: 'keyring',
      row: { owner, oldest: 0, closedAt, lastEntry },
    });
  if (ring.closedAt !== null) return null;
  return (lastEntry, closedAt) => ({
    update: 'keyring',
    set: { closedAt, lastEntry },
    where: { owner, closedAt: null },
  });
}

async function destroyKeys(sql: Sql, keys: Keys, client: ClientId): Promise<number> {
  const ring = await one(sql<KeyringRow[]>`
    select * from keyring where owner = ${ownerOf(client)} and closed_at is not null`);
  const left = await one(sql`
    select 1 from body where client_id = ${client} and erased_at is null limit 1`);
  if (ring === null || left !== null)
    throw new Fault(
      'conflict',
      'The keys of this client open texts that are not erased yet. Nothing was destroyed. Erase the client as a whole first.',
    );
  const generations = await keys.generations(ownerOf(client));
  for (const generation of generations) await keys.destroy(keyName(ownerOf(client), generation));
  return generations.length;
}

/** States of which nothing more comes by itself. */
const RESTING = [...FINAL, 'expired'];

/**
 * A request rests when all its tasks have ended or expired; from its last change on its texts are kept as its client
 * wants.
 */
async function due(sql: Sql, now: Moment, limit: number) {
  const rows = await all(sql<{ id: never }[]>`
    select r.id from request r join client c on c.id = r.client_id
    where r.step in ('planned', 'empty')
      and r.id in (select request_id from body where erased_at is null)
      and not exists (select 1 from task t where t.request_id = r.id and t.state <> all(${RESTING}))
      and greatest(r.received_at, (select max(changed_at) from task t where t.request_id = r.id))
        < ${now}::timestamptz - make_interval(days => c.retention_days)
    order by r.received_at limit ${limit}`);
  return rows.map((row) => row.id);
}
