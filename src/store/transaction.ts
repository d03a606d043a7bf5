import { connectionsLost, isGone, reserveIn } from './connect.ts';
import type { Reserved, Sql } from './connect.ts';

/** What a transaction sees and may do; the second is one view from its first statement on, in which nothing is written. */
export type Mode = 'read write' | 'isolation level repeatable read read only';

/**
 * Runs an act in one transaction, for acts that do more between two statements than wait for the first. `sql` must be a
 * pool of one connection. Once that connection has ended nothing more is sent down it: the driver would write to a socket
 * that is none and take the process with it. The act then fails with CONNECTION_CLOSED at its next statement, or at its
 * end, and Postgres has rolled back.
 */
export async function inTransaction<T>(
  sql: Sql,
  act: (tx: Sql) => Promise<T>,
  mode: Mode = 'read write',
): Promise<T> {
  const reserved = await reserveIn(sql);
  const before = connectionsLost(sql);
  const hold = (): void => {
    if (connectionsLost(sql) === before) return;
    throw Object.assign(new Error('The connection ended in the middle of a transaction.'), {
      code: 'CONNECTION_CLOSED',
    });
  };
  const tx = heldBy(reserved, hold);
  let isGoing = false;
  try {
    await tx.unsafe(`begin ${mode}`);
    const done = await act(tx);
    await tx`commit`;
    return done;
  } catch (thrown) {
    // What ended it may be told before the connection is seen to end: what is sent down it then is never answered.
    isGoing = isGone(thrown);
    if (!isGoing && connectionsLost(sql) === before) await tx`rollback`.catch(() => undefined);
    throw thrown;
  } finally {
    // One that ended has left its place already.
    if (!isGoing && connectionsLost(sql) === before) reserved.release();
  }
}

/** The same connection; each statement and each helper call looks first. */
function heldBy(reserved: Reserved, hold: () => void): Sql {
  return new Proxy(reserved, {
    apply: (target, self, args) => {
      hold();
      return Reflect.apply(target, self, args) as unknown;
    },
    get: (target, name) => {
      if (name === 'unsafe') hold();
      return Reflect.get(target, name) as unknown;
    },
  }) as unknown as Sql;
}
