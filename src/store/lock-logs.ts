import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { lookAtLogs } from './look-logs.ts';
import type { LedgerDeps, Logs } from './look-logs.ts';

/** Any number but that of the migrations: whoever sequences or signs holds it until its transaction ends. */
const LOCK = 4_120_260_102;

/**
 * Runs one transaction that alone may touch the logs, after a look at both sides. `busy` when another process is at it,
 * `unfounded` when there is no practice yet. The lock is the transaction's own: it ends with it, however it ends, and no
 * connection that was lost can be mistaken for one that holds it.
 */
export async function withLogs<T>(
  { sql, folder }: LedgerDeps,
  act: (tx: Sql, logs: Logs) => Promise<T>,
): Promise<T | 'busy' | 'unfounded'> {
  const run = sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const [lock] = await tx<{ held: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK}) as held`;
    if (lock?.held !== true) return 'busy' as const;
    const logs = await lookAtLogs(tx, folder);
    return logs === null ? ('unfounded' as const) : act(tx, logs);
  });
  return reach(() => run as Promise<T | 'busy' | 'unfounded'>);
}

const TRIES = 500;
const PAUSE_MS = 20;

/** The same for what a person asked for: waits its turn. Throws Fault `conflict` when it does not come, or there is no practice. */
export async function inTurn<T>(
  deps: LedgerDeps,
  act: (tx: Sql, logs: Logs) => Promise<T>,
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const done = await withLogs(deps, async (tx, logs) => ({ value: await act(tx, logs) }));
    if (done === 'unfounded')
      throw new Fault('conflict', 'No practice is founded here yet. npm start founds it.');
    if (done !== 'busy') return done.value;
    await pause(PAUSE_MS);
  }
  throw tooLong();
}

export function tooLong(): Fault {
  return new Fault(
    'conflict',
    'Another process has been at the logs for ten seconds. Try again; if it goes on, look at what runs on this database.',
    { retry: true },
  );
}
