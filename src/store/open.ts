import type { Act, Outcome, Store } from '../flow/ports/store.ts';
import { commit } from './commit.ts';
import type { Stamp } from './commit.ts';
import type { Sql } from './connect.ts';
import { budgetReads } from './read-budgets.ts';
import { attemptReads } from './read-attempts.ts';
import { exampleReads } from './read-examples.ts';
import { loreReads } from './read-lore.ts';
import { logReads } from './read-log.ts';
import { recordReads } from './read-record.ts';
import { settingsReads } from './read-settings.ts';
import { seatReads } from './read-seat.ts';
import { weekReads } from './read-week.ts';
import { workReads } from './read-work.ts';

/**
 * The store over one pool. `wake` is called after a commit that left jobs in the outbox, so that the relay of this
 * process need not wait for its next look.
 */
export function makeStore(sql: Sql, stamp: Stamp, wake: () => void): Store {
  return {
    commit: async (act: Act): Promise<Outcome> => {
      const outcome = await commit(sql, act, stamp);
      if (outcome === 'done' && act.jobs.length + act.cards.length > 0) wake();
      return outcome;
    },
    ...settingsReads(sql),
    ...exampleReads(sql),
    ...budgetReads(sql),
    ...attemptReads(sql),
    ...workReads(sql),
    ...loreReads(sql),
    ...recordReads(sql),
    ...logReads(sql),
    ...seatReads(sql),
    ...weekReads(sql),
  };
}
