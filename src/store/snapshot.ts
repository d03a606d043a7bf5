import { connectAlone, reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { inTransaction } from './transaction.ts';

/** A view of the database as it was at one moment, for several connections at once. */
export type Snapshot = {
  readonly tx: Sql;
  /** Runs this on another connection, in the same view. */
  beside<T>(act: (tx: Sql) => Promise<T>): Promise<T>;
};

/**
 * Runs this over one view of the database, in which nothing is written: what others write meanwhile is not seen, on none
 * of its connections. These are opened beside those of `sql`, one more than run at once, and closed again. Throws Fault
 * `database_gone` (retry) when one of them ends meanwhile.
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
  const alone = connectAlone(sql);
  try {
    return await reach(() =>
      inTransaction(alone, act, 'isolation level repeatable read read only'),
    );
  } finally {
    await alone.end({ timeout: 5 });
  }
}
