import type { Sql } from './connect.ts';
import { reach } from './connect.ts';
import { mustAgree } from './contradiction.ts';
import { lookAtLogs } from './look-logs.ts';
import type { LedgerDeps, Logs } from './look-logs.ts';
import { BATCH, placeEntries } from './place-entries.ts';
import { signLogs, unsigned } from './sign-logs.ts';

/** What a round came to. `busy`: another process is at it, so there is nothing to do here. */
export type Round = 'done' | 'busy';

/** Any number but that of the migrations: whoever sequences or signs holds it until its transaction ends. */
const LOCK = 4_120_260_102;

/**
 * Puts everything that waits into its log and signs it. Each batch is a transaction that gives entries their places, and
 * after it another that signs what the first has committed; a crash between any two steps is mended by the next round.
 * Throws Fault `conflict` when the database contradicts what was signed, `bad_config` for keys that cannot be used,
 * `unavailable` (retry) on a full disk and `database_gone` (retry).
 */
export async function sequence(deps: LedgerDeps): Promise<Round> {
  for (;;) {
    const placed = await underLock(deps, async (tx, logs) => {
      if (unsigned(logs).length > 0) return 'unsigned';
      return placeEntries(tx, logs, deps);
    });
    if (placed === 'busy') return 'busy';
    if (placed === 'unfounded' || placed === 0) return 'done';
    const signed = await underLock(deps, (tx, logs) => signLogs(tx, logs, deps));
    if (signed === 'busy') return 'busy';
    if (placed !== 'unsigned' && placed < BATCH) return 'done';
  }
}

/** Whether a round has anything to do: a quick look without the lock. */
export async function isDue(sql: Sql): Promise<boolean> {
  const [row] = await reach(
    async () => sql<{ due: boolean }[]>`
      select exists (select from ledger_pending) or exists (
        select from log l join tree t on t.log_id = l.id where l.closed_at is null
          and not exists (select from checkpoint c where c.log_id = l.id and c.size = t.size)) as due`,
  );
  return row?.due === true;
}

/**
 * Runs one transaction that alone may touch the logs, with both sides looked at and in agreement. The lock is the
 * transaction's own: it ends with it, however it ends, and no connection that was lost can be mistaken for one that
 * holds it.
 */
async function underLock<T>(
  { sql, folder }: LedgerDeps,
  act: (tx: Sql, logs: Logs) => Promise<T>,
): Promise<T | 'busy' | 'unfounded'> {
  const run = sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const [lock] = await tx<{ held: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK}) as held`;
    if (lock?.held !== true) return 'busy' as const;
    const logs = await lookAtLogs(tx, folder);
    if (logs === null) return 'unfounded' as const;
    mustAgree(logs);
    return act(tx, logs);
  });
  return reach(() => run as Promise<T | 'busy' | 'unfounded'>);
}
