import type { Outbox } from '../flow/ports/outbox.ts';
import type { Job } from '../flow/ports/queue.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';

type Row = Omit<Job, 'id'> & { readonly subject: string };

const toJob = ({ subject, ...row }: Row): Job => ({ ...row, id: subject });

/** The outbox over the store's pool. Clock and order are the database's own, so that processes need not agree on time. */
export function makeOutbox(sql: Sql): Outbox {
  return {
    relay: (limit, send) => reach(() => relay(sql, limit, send)),
    done: (jobIds) =>
      reach(async () => {
        await sql`update outbox set done_at = now() where job_id = any(${jobIds as string[]}) and done_at is null`;
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

async function relay(
  sql: Sql,
  limit: number,
  send: (jobs: readonly Job[]) => Promise<void>,
): Promise<number> {
  return sql.begin(async (tx) => {
    const rows = await tx<Row[]>`
      select job_id, queue, name, subject from outbox
      where sent_at is null and done_at is null and due_at <= now()
      order by id limit ${limit} for update skip locked`;
    if (rows.length === 0) return 0;
    await send(rows.map(toJob));
    await tx`update outbox set sent_at = now() where job_id = any(${rows.map((r) => r.jobId)})`;
    return rows.length;
  });
}
