import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeatClient } from './seat-sdk.ts';
import { makeTurns } from './turns.ts';

/** Acceptable use of a seat forbids bulk: this many calls at once and a minute, whoever asked. */
const LIMITS = { atOnce: 2, perMinute: 20 } as const;

/** The runtimes of the seat, one for each token that is in use, and the order in which calls go through them. */
export type SeatClients = {
  /** Runs a call when its turn has come; throws the signal's reason where it is aborted before. */
  call<T>(token: string, signal: AbortSignal, run: (client: SeatClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

type Needs = {
  /** The folder of the runtimes. */
  readonly folder: string;
  /** Starts a runtime for a token. */
  readonly start: (token: string) => Promise<SeatClient>;
  readonly limits?: { readonly atOnce: number; readonly perMinute: number };
};

/**
 * A runtime takes 190 MB, so only as many stay as can be at work at once. What one wrote of a session and did not live to
 * delete is swept before the first starts: it is material in plain text.
 */
export function makeSeatClients({ folder, start, limits = LIMITS }: Needs): SeatClients {
  const turns = makeTurns(limits);
  const runtimes = makeRuntimes({ folder, start, most: limits.atOnce });
  return {
    call: (token, signal, run) =>
      turns.take(signal, async () => {
        const { client, done } = await runtimes.take(token);
        try {
          return await run(client);
        } finally {
          await done();
        }
      }),
    async close() {
      turns.close();
      await runtimes.close();
    },
  };
}

type Runtimes = Pick<Needs, 'folder' | 'start'> & { readonly most: number };

function makeRuntimes({ folder, start, most }: Runtimes) {
  const running = new Map<string, Promise<SeatClient>>();
  const busy = new Map<string, number>();
  let swept: Promise<void> | undefined;
  const count = (token: string, by: number): void =>
    void busy.set(token, (busy.get(token) ?? 0) + by);
  const stopIdle = async (): Promise<void> => {
    for (const [token, client] of running) {
      if (running.size <= most) return;
      if ((busy.get(token) ?? 0) > 0) continue;
      running.delete(token);
      await stop(client);
    }
  };
  const take = async (token: string) => {
    await (swept ??= sweep(folder));
    const found = running.get(token) ?? start(token);
    // The one used last stands last.
    running.delete(token);
    running.set(token, found);
    found.catch(() => running.delete(token));
    count(token, 1);
    const done = async (): Promise<void> => {
      count(token, -1);
      await stopIdle();
    };
    try {
      return { client: await found, done };
    } catch (thrown) {
      await done();
      throw thrown;
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all([...running.values()].map(stop));
    running.clear();
  };
  return { take, close };
}

async function stop(client: Promise<SeatClient>): Promise<void> {
  await (await client.catch(() => undefined))?.stop();
}

async function sweep(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rm(join(folder, 'session-state'), { recursive: true, force: true });
}
