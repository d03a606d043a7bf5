import type { SeatClient } from './seat-sdk.ts';
import { makeSeatRuntimes, type SeatRuntime } from './seat-runtimes.ts';
import { makeTurns } from './turns.ts';

/** Acceptable use of a seat forbids bulk: this many calls at once and a minute, whoever asked. */
const LIMITS = { atOnce: 2, perMinute: 20 } as const;

/** A runtime ends a session in milliseconds; one that takes so long will never do it. */
const PARTING_MS = 5_000;

/** The runtimes of the seat and the order in which calls go through them. */
export type SeatClients = {
  /** Runs a call when its turn has come; throws the signal's reason where it is aborted before. */
  call<T>(
    token: string,
    signal: AbortSignal,
    run: (runtime: SeatRuntime) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
};

type Needs = {
  /** The folder of the runtimes. */
  readonly folder: string;
  /** Starts a runtime for a token. */
  readonly start: (token: string) => Promise<SeatClient>;
  readonly limits?: { readonly atOnce: number; readonly perMinute: number };
  /** How long a runtime may take to end a session or itself, milliseconds. */
  readonly partingMs?: number;
};

/** A runtime takes 190 MB, so only as many stay as can be at work at once. */
export function makeSeatClients(needs: Needs): SeatClients {
  const { folder, start, limits = LIMITS, partingMs = PARTING_MS } = needs;
  const turns = makeTurns(limits);
  const runtimes = makeSeatRuntimes({ folder, start, partingMs, most: limits.atOnce });
  return {
    call: (token, signal, run) => turns.take(signal, () => runtimes.use(token, run)),
    async close() {
      turns.close();
      await runtimes.close();
    },
  };
}
