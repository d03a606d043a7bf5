import { isGone, reserveIn } from './connect.ts';
import type { Sql } from './connect.ts';

/** Makes a statement for the connection it will go down; it is sent by `execute`. */
export type Statement = (tx: Sql) => { execute(): PromiseLike<unknown> };

/**
 * Runs statements as one transaction in one round trip: all go down one connection at once, with begin before and
 * commit behind them. Once a statement has failed Postgres refuses those after it and turns the commit into a
 * rollback, so nobody needs to wait for one before sending the next. A single statement is a transaction by itself.
 * Throws the first error.
 */
export async function together(sql: Sql, statements: readonly Statement[]): Promise<void> {
  const [first, ...more] = statements;
  if (first === undefined) return;
  if (more.length === 0) return void (await first(sql).execute());
  const tx = await reserveIn(sql);
  let gone = false;
  try {
    const all = [tx`begin`, ...statements.map((make) => make(tx)), tx`commit`];
    const sent = all.map((statement) => statement.execute());
    const failed = (await ended(sent)).find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } catch (thrown) {
    gone = isGone(thrown);
    throw thrown;
  } finally {
    // A connection that was lost has left its place already.
    if (!gone) tx.release();
  }
}

/** Waits for all; but when the connection is lost the driver forgets those it had not sent yet. */
function ended(sent: readonly PromiseLike<unknown>[]) {
  const lost = sent.map(async (one) => {
    try {
      await one;
    } catch (thrown) {
      if (isGone(thrown)) throw thrown;
    }
    return Promise.allSettled(sent);
  });
  return Promise.race(lost);
}

/** Ends a statement `with done as (update ... returning 1)`: fails unless a row was changed, and the transaction with it. */
export const MET = (tx: Sql) => tx`select 1 / count(*) from done`;

/** Whether MET failed: division_by_zero, which nothing else here can cause. */
export function isUnmet(thrown: unknown): boolean {
  return (thrown as { code?: unknown }).code === '22012';
}
