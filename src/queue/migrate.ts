import { runMigrations } from 'bullmq';
import pg from 'pg';
import { Fault, sentenceOf } from '../core/fault.ts';
import { QUEUES } from '../flow/ports/queue.ts';

/** BullMQ's tables live apart from AIOS's own. */
export const SCHEMA = 'bullmq';

/**
 * Brings BullMQ's tables up to date and lets the program's own role use them. Safe to call at every start, and by
 * several starters at once.
 * @param ownerUrl an account that may create schemas, on the database of AIOS.
 * @param writerRole the role the program connects with; it can change rows there but no table.
 * Throws Fault `queue_gone`.
 */
export async function migrateQueue(ownerUrl: string, writerRole: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => {});
  try {
    await client.connect();
    await runMigrations(client, SCHEMA);
    await client.query(grantsTo(plain(writerRole)));
  } catch (cause) {
    throw new Fault(
      'queue_gone',
      `The tables of the queue could not be brought up to date: ${sentenceOf(cause)}. ` +
        'Expected a Postgres 14 or newer and an account that may create the schema bullmq.',
      { cause, retry: true },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

function plain(role: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(role)) return role;
  throw new Error(`expected a role of small letters, digits and _, got ${JSON.stringify(role)}`);
}

/**
 * BullMQ makes a sequence when a queue is first used. Made here instead, the program's role needs no right to make
 * things in a schema whose functions the owner runs.
 */
function grantsTo(role: string): string {
  return `
    begin;
    select pg_advisory_xact_lock(hashtext('aios.queue.grants'));
    set local search_path to ${SCHEMA};
    ${QUEUES.map((name) => `select next_job_id('${name}');`).join(' ')}
    do $$ begin execute format('grant temporary on database %I to ${role}', current_database()); end $$;
    grant usage on schema ${SCHEMA} to ${role};
    grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${role};
    grant usage, select, update on all sequences in schema ${SCHEMA} to ${role};
    grant execute on all functions in schema ${SCHEMA} to ${role};
    commit`;
}
