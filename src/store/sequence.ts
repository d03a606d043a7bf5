import { setTimeout as pause } from 'node:timers/promises';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { mustAgree } from './contradiction.ts';
import { tooLong, withLogs } from './lock-logs.ts';
import type { LedgerDeps } from './look-logs.ts';
import { BATCH, placeEntries } from './place-entries.ts';
import { signLogs, unsigned } from './sign-logs.ts';

/** What a round came to. `busy`: another process is at it, so there is nothing to do here. */
export type Round = 'done' | 'busy';

/**
 * Puts everything that waits into its log and signs it. Each batch is a transaction that gives entries their places, and
 * after it another that signs what the first has committed; a crash between any two steps is mended by the next round.
 * Throws Fault `conflict` when the database contradicts what was signed, `bad_config` for keys that cannot be used,
 * `unavailable` (retry) on a full disk and `database_gone` (retry).
 */
export async function sequence(deps: LedgerDeps): Promise<Round> {
  for (;;) {
    const placed = await withLogs(deps, async (tx, logs) => {
      mustAgree(logs);
      if (unsigned(logs).length > 0) return 'unsigned';
      return placeEntries(tx, logs, deps);
    });
    if (placed === 'busy') return 'busy';
    if (placed === 'unfounded' || placed === 0) return 'done';
    const signed = await withLogs(deps, (tx, logs) => {
      mustAgree(logs);
      return signLogs(tx, logs, deps);
    });
    if (signed === 'busy') return 'busy';
    if (placed !== 'unsigned' && placed < BATCH) return 'done';
  }
}

const TRIES = 500;
const PAUSE_MS = 20;

/** The same, waiting for another process that is at it. Throws Fault `conflict` (retry) when that takes ten seconds. */
export async function sequenceNow(deps: LedgerDeps): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await sequence(deps)) === 'done') return;
    await pause(PAUSE_MS);
  }
  throw tooLong();
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
