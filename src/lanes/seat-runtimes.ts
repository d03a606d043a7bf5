import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SeatClient, SeatSession } from './seat-sdk.ts';

/** Where a runtime writes its sessions, under its folder. */
const SESSIONS = 'session-state';

export type SeatRuntimesNeeds = {
  /** The folder of the runtimes. */
  readonly folder: string;
  /** Starts a runtime for a token. */
  readonly start: (token: string) => Promise<SeatClient>;
  /** How many stay when none is at work. */
  readonly most: number;
  /** How long one may take to end a session or itself, milliseconds. */
  readonly partingMs: number;
};

/** A runtime as one call sees it. */
export type SeatRuntime = {
  readonly client: SeatClient;
  /**
   * Ends a session, opened or still opening, and removes what was written of it. A runtime that does not answer is killed, and
   * the next call gets a new one.
   */
  readonly forget: (sessionId: string, opened: Promise<SeatSession>) => Promise<void>;
};

/**
 * One runtime for each token that is in use. What one wrote of a session and did not live to delete is swept before the first
 * starts: it is material in plain text.
 */
export function makeSeatRuntimes(needs: SeatRuntimesNeeds) {
  const pool = makePool(needs);
  let swept: Promise<void> | undefined;
  return {
    async use<T>(token: string, run: (runtime: SeatRuntime) => Promise<T>): Promise<T> {
      await (swept ??= sweep(needs.folder));
      const one = pool.find(token);
      one.busy += 1;
      try {
        const client = await one.client;
        const drop = async (): Promise<void> => {
          pool.remove(token, one);
          await client.forceStop();
        };
        return await run({ client, forget: forgetter(needs, client, drop) });
      } finally {
        one.busy -= 1;
        await pool.stopIdle();
      }
    },
    close: () => pool.close(),
  };
}

type Running = { readonly client: Promise<SeatClient>; busy: number };

function makePool({ start, most, partingMs }: SeatRuntimesNeeds) {
  const running = new Map<string, Running>();
  const remove = (token: string, one: Running): void => {
    if (running.get(token) === one) running.delete(token);
  };
  const find = (token: string): Running => {
    const one = running.get(token) ?? { client: start(token), busy: 0 };
    // The one used last stands last.
    running.delete(token);
    running.set(token, one);
    one.client.catch(() => remove(token, one));
    return one;
  };
  const stopIdle = async (): Promise<void> => {
    for (const [token, one] of running) {
      if (running.size <= most) return;
      if (one.busy > 0) continue;
      remove(token, one);
      await stop(partingMs, one);
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all([...running.values()].map((one) => stop(partingMs, one)));
    running.clear();
  };
  return { find, remove, stopIdle, close };
}

function forgetter(
  { folder, partingMs }: SeatRuntimesNeeds,
  client: SeatClient,
  drop: () => Promise<void>,
): SeatRuntime['forget'] {
  return async (sessionId, opened) => {
    if (!(await inTime(partingMs, part(client, opened)))) await drop();
    await rm(join(folder, SESSIONS, sessionId), { recursive: true, force: true });
  };
}

async function stop(ms: number, one: Running): Promise<void> {
  const client = await one.client.catch(() => undefined);
  if (client !== undefined && !(await inTime(ms, client.stop()))) await client.forceStop();
}

/** A session that was refused, or refuses to go, is only told: its folder is removed by whoever asked for this. */
async function part(client: SeatClient, opened: Promise<SeatSession>): Promise<void> {
  const session = await opened.catch(() => undefined);
  if (session === undefined) return;
  await session.disconnect().catch(() => undefined);
  await client.deleteSession(session.sessionId).catch(() => undefined);
}

/** Whether a step ended in time, and well. */
async function inTime(ms: number, step: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const ended = step.then(
    () => true,
    () => false,
  );
  const late = pause(ms, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([ended, late]);
  } finally {
    timer.abort();
  }
}

async function sweep(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rm(join(folder, SESSIONS), { recursive: true, force: true });
}
