import { setTimeout as pause } from 'node:timers/promises';
import { sentenceOf } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import type { Mark, Marks } from '../flow/ports/world.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';
import { lookAtLogs } from './look-logs.ts';
import type { LedgerDeps } from './look-logs.ts';
import { isDue, sequence } from './sequence.ts';
import type { Round } from './sequence.ts';
import { takeTurns } from './take-turns.ts';

/** Keeps the logs up to date while AIOS runs. */
export type Sequencer = {
  readonly marks: Marks;
  /** Begins to look by itself. */
  start(): void;
  /** Says that entries were written; returns at once. */
  readonly wake: () => void;
  /** Brings the logs up to date now. Throws what `sequence` throws. */
  round(): Promise<Round>;
  /** How many entries wait for their place, and why they must, if they must. */
  state(): Promise<{ readonly waiting: number; readonly trouble: string | null }>;
  close(): Promise<void>;
};

type Deps = LedgerDeps & {
  readonly log: (sentence: string) => void;
  /** How often to look without being woken: for what another process wrote. */
  readonly everyMs?: number;
};

const EVERY_MS = 250;
/** What is written within this time after a wake goes into one round. */
const GATHER_MS = 50;
/** How long to leave it after a round that failed. */
const AFTER_TROUBLE_MS = 5_000;

/** The sequencer over a connection of its own. Any number may run: of several processes one at a time does the work. */
export function makeSequencer(deps: Deps): Sequencer {
  const trouble = noteTrouble(deps.log);
  const round = takeTurns(() => trouble.around(() => sequence(deps)));
  const timing = makeTiming({
    isDue: () => isDue(deps.sql),
    round,
    rest: trouble.rest,
    everyMs: deps.everyMs ?? EVERY_MS,
  });
  return {
    ...timing,
    round,
    marks: { of: (client) => markOf({ ...deps, round }, client) },
    state: async () => ({ waiting: await countWaiting(deps.sql), trouble: trouble.now() }),
  };
}

/** Remembers why the last round failed, and logs a sentence once however often it is the reason. */
function noteTrouble(log: (sentence: string) => void) {
  let says: string | null = null;
  let until = 0;
  return {
    now: () => says,
    /** Whether to leave it for a while. */
    rest: () => says !== null && performance.now() < until,
    around: async (act: () => Promise<Round>): Promise<Round> => {
      try {
        const done = await act();
        if (says !== null) log('The ledger goes on: what waited is in its log and signed.');
        says = null;
        return done;
      } catch (thrown) {
        const why = sentenceOf(thrown);
        if (why !== says) log(`The ledger waits: ${why}`);
        says = why;
        until = performance.now() + AFTER_TROUBLE_MS;
        throw thrown;
      }
    },
  };
}

type Timing = {
  readonly isDue: () => Promise<boolean>;
  readonly round: () => Promise<Round>;
  readonly rest: () => boolean;
  readonly everyMs: number;
};

/** Looks now and then, and soon after a wake. What a look throws was noted by the round. */
function makeTiming({ isDue: due, round, rest, everyMs }: Timing) {
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let open = true;
  const look = async (): Promise<void> => {
    if (rest()) return;
    if (await due()) await round();
  };
  const turn = (): void => {
    soon = undefined;
    looking ??= look()
      .catch(() => undefined)
      .finally(() => (looking = null));
  };
  return {
    start: (): void => {
      timer = setInterval(turn, everyMs);
      turn();
    },
    wake: (): void => {
      if (timer !== undefined && open) soon ??= setTimeout(turn, GATHER_MS);
    },
    close: async (): Promise<void> => {
      open = false;
      clearInterval(timer);
      clearTimeout(soon);
      await looking;
    },
  };
}

type Marking = Pick<LedgerDeps, 'sql' | 'folder'> & { readonly round: () => Promise<Round> };

/** How often to try again while another process is at it, and after which pause. */
const TRIES = 100;
const PAUSE_MS = 20;

/** Read from what was signed outside the database: a receipt must not carry what somebody wrote into a table. */
async function markOf(marking: Marking, client: ClientId | null): Promise<Mark | null> {
  try {
    for (let tries = 0; tries < TRIES && (await marking.round()) === 'busy'; tries += 1)
      await pause(PAUSE_MS);
    const logs = await lookAtLogs(marking.sql, marking.folder);
    const open = logs?.rows.find(({ clientId, closed }) => clientId === client && !closed);
    const file = open === undefined ? undefined : logs?.signed.get(open.id);
    if (file?.is !== 'sound') return null;
    const { frontier, root } = file.signed;
    return { size: frontier.size, root: root.toString('hex') };
  } catch {
    return null;
  }
}

async function countWaiting(sql: Sql): Promise<number> {
  const [row] = await reach(
    async () => sql<{ n: number }[]>`select count(*)::int as n from ledger_pending`,
  );
  return row?.n ?? 0;
}
