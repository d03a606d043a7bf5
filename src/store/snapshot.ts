import { reach } from './connect.ts';
import type { Sql } from './connect.ts';

/** A view of the database as it was at one moment, for several connections at once. */
export type Snapshot = {
  readonly tx: Sql;
  /** Runs this on another connection of the pool, in the same view. */
  beside<T>(act: (tx: Sql) => Promise<T>): Promise<T>;
};

/**
 * Runs this over one view of the database, in which nothing is written: what others write meanwhile is not seen, on none
 * of its connections. The pool must have one connection more than run at once.
 */
export async function inSnapshot<T>(sql: Sql, act: (view: Snapshot) => Promise<T>): Promise<T> {
  return reading(sql, async (tx) => {
    // It waits while the others read, however long that takes.
    await tx`set local idle_in_transaction_session_timeout = 0`;
    const [row] = await tx<{ id: string }[]>`select pg_export_snapshot() as id`;
    const id = row?.id ?? '';
    return act({
      tx,
      beside: (other) =>
        reading(sql, async (mine) => {
          await mine.unsafe(`set transaction snapshot '${id}'`);
          await mine`set local idle_in_transaction_session_timeout = 0`;
          return other(mine);
        }),
    });
  });
}

async function reading<T>(sql: Sql, act: (tx: Sql) => Promise<T>): Promise<T> {
  const run = sql.begin('isolation level repeatable read read only', async (transaction) => {
    const tx = transaction as unknown as Sql;
    return act(tx);
  });
  return reach(() => run as Promise<T>);
}
