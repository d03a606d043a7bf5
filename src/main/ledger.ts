import { join } from 'node:path';
import type { Store } from '../flow/ports/store.ts';
import { connect } from '../store/connect.ts';
import { makeSequencer } from '../store/sequencer.ts';
import type { Sequencer } from '../store/sequencer.ts';
import { CLOCK } from './clock.ts';

/** Connections of the sequencer's own pool: one, as its transactions need it. Doctor counts it. */
export const LEDGER_POOL = 1;

type Needs = {
  /** Logs in as the sequencer. */
  readonly url: string;
  /** The folder of the keys of this practice. */
  readonly folder: string;
  readonly log: (sentence: string) => void;
  readonly keep: (close: () => Promise<unknown>) => void;
};

/** Opens the sequencer on connections of its own. It does nothing by itself before it is started. */
export function openLedger({ url, folder, log, keep }: Needs): Sequencer {
  const sql = connect(url, LEDGER_POOL);
  keep(() => sql.end({ timeout: 5 }));
  const sequencer = makeSequencer({ sql, folder: logFolder(folder), clock: CLOCK, log });
  keep(() => sequencer.close());
  return sequencer;
}

/** Where the signing keys lie, and beside them what was signed. */
export function logFolder(keysFolder: string): string {
  return join(keysFolder, 'log');
}

/** The store, which says after a commit that entries were written. */
export function announcing(store: Store, wake: () => void): Store {
  return {
    ...store,
    commit: async (act) => {
      const outcome = await store.commit(act);
      if (outcome === 'done' && act.entries.length > 0) wake();
      return outcome;
    },
  };
}
