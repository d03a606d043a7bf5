import type { Outbox } from '../flow/ports/outbox.ts';
import type { Job } from '../flow/ports/queue.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';

type Row = Omit<Job, 'id'> & { readonly subject: string };

const toJob = ({ jobId, queue, name, subject }: Row): Job => ({ jobId, queue, name, id: subject });

/** The outbox over the store's pool. Clock and order are the database's own, so that processes need not agree on time. */
export function makeOutbox(sql: Sql): Outbox {
  return {
    relay: (limit, send, done = []) => reach(() => relay(sql, { limit, done }, send)),
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
    again: (jobIds) => reach(() => sendAgain(sql, jobIds)),
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

/**
 * Marks what is due as sent, hands it on, and takes the mark back when that failed. One statement each, so that no
 * transaction stays open while the queue is asked; what a crash in between leaves marked and unsent the reconciler finds.
 */
async function relay(
  sql: Sql,
  { limit, done }: Round,
  send: (jobs: readonly Job[]) => Promise<void>,
): Promise<number> {
  const taken = await sql<(Row & { id: number })[]>`
    with finished as (
      update outbox set done_at = now() where job_id = any(${done as string[]}) and done_at is null
    ), due as (
      select id from outbox where sent_at is null and done_at is null and due_at <= now()
      order by id limit ${limit} for update skip locked
    )
    update outbox o set sent_at = now() from due where o.id = due.id
    returning o.id, o.job_id, o.queue, o.name, o.subject`;
  if (taken.length === 0) return 0;
  const jobs = taken.toSorted((a, b) => a.id - b.id).map(toJob);
  try {
    await send(jobs);
  } catch (thrown) {
    await sendAgain(
      sql,
      jobs.map((job) => job.jobId),
    );
    throw thrown;
  }
  return taken.length;
}

async function sendAgain(sql: Sql, jobIds: readonly string[]): Promise<void> {
  await sql`
    update outbox set sent_at = null where job_id = any(${jobIds as string[]}) and done_at is null`;
}
