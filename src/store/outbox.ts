import type { Outbox } from '../flow/ports/outbox.ts';
import type { Job } from '../flow/ports/queue.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';

type Row = Omit<Job, 'id'> & { readonly subject: string };

const toJob = ({ subject, ...row }: Row): Job => ({ ...row, id: subject });

/** The outbox over the store's pool. Clock and order are the database's own, so that processes need not agree on time. */
export function makeOutbox(sql: Sql): Outbox {
  return {
    relay: (limit, send, done = []) => reach(() => relay(sql, { limit, done }, send)),
    done: (jobIds) =>
      reach(async () => {
        await markDone(sql, jobIds);
      }),
    sent: (olderThanMs, limit) =>
      reach(async () => {
        const rows = await sql<Row[]>`
          select job_id, queue, name, subject from outbox
          where done_at is null and sent_at < now() - ${`${olderThanMs} ms`}::interval
          order by id limit ${limit}`;
        return rows.map(toJob);
      }),
    again: (jobIds) =>
      reach(
        async () =>
          void (await sql`update outbox set sent_at = null where job_id = any(${jobIds as string[]}) and done_at is null`),
      ),
    tidy: (olderThanMs) =>
      reach(
        async () =>
          void (await sql`delete from outbox where done_at < now() - ${`${olderThanMs} ms`}::interval`),
      ),
    backlog: () =>
      reach(async () => {
        const [row] = await sql<{ unsent: number; open: number }[]>`
          select count(*) filter (where sent_at is null)::int as unsent,
            count(*) filter (where sent_at is not null)::int as open
          from outbox where done_at is null`;
        return row ?? { unsent: 0, open: 0 };
      }),
  };
}

type Round = { readonly limit: number; readonly done: readonly string[] };

async function relay(
  sql: Sql,
  { limit, done }: Round,
  send: (jobs: readonly Job[]) => Promise<void>,
): Promise<number> {
  return sql.begin(async (tx) => {
    const [rows] = await Promise.all([
      tx<Row[]>`
        select job_id, queue, name, subject from outbox
        where sent_at is null and done_at is null and due_at <= now()
        order by id limit ${limit} for update skip locked`,
      done.length === 0 ? undefined : markDone(tx, done),
    ]);
    if (rows.length === 0) return 0;
    await send(rows.map(toJob));
    await tx`update outbox set sent_at = now() where job_id = any(${rows.map((r) => r.jobId)})`;
    return rows.length;
  });
}

function markDone(sql: Pick<Sql, 'unsafe'>, jobIds: readonly string[]) {
  return sql.unsafe(
    'update outbox set done_at = now() where job_id = any($1) and done_at is null',
    [jobIds as string[]],
    { prepare: true },
  );
}
