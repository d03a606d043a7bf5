import type { Job } from '../../src/flow/ports/queue.ts';
import type { Outbox } from '../../src/flow/ports/outbox.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { migrateStore } from '../../src/store/migrate.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { freshDatabase } from '../helpers/postgres.ts';

/** The real outbox in a database of its own. */
export type OutboxSite = {
  readonly sql: Sql;
  readonly outbox: Outbox;
  /** Puts jobs into the outbox, due now. */
  put(...jobIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

export async function outboxSite(): Promise<OutboxSite> {
  const database = await freshDatabase();
  const sql = connect((await migrateStore(database.url, rolePasswords())).writer, 6);
  return {
    sql,
    outbox: makeOutbox(sql),
    put: async (...jobIds) => {
      const rows = jobIds.map((id) => ({
        job_id: id,
        queue: 'aios',
        name: 'post',
        subject: `of ${id}`,
        due_at: Date.now() - 1_000,
      }));
      await sql`insert into outbox ${sql(rows)}`;
    },
    close: async () => {
      await sql.end();
      await database.drop();
    },
  };
}

/** A queue that remembers what it was given and forgets when it is told to. */
export function memoryQueue() {
  const given: Job[] = [];
  const held = new Set<string>();
  let away = false;
  const there = (): void => {
    if (away) throw new Error('the queue is away');
  };
  return {
    given,
    held,
    setAway: (is: boolean) => {
      away = is;
    },
    queue: {
      add: async (jobs: readonly Job[]): Promise<void> => {
        there();
        for (const job of jobs) {
          given.push(job);
          held.add(job.jobId);
        }
      },
      known: async (jobs: readonly Job[]): Promise<ReadonlySet<string>> => {
        there();
        return new Set(jobs.map((job) => job.jobId).filter((id) => held.has(id)));
      },
    },
  };
}
