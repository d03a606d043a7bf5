import { Fault } from '../core/fault.ts';
import type { Answer, Kid } from './kid.ts';
import type { Job } from './wire.ts';

export type PoolOptions = {
  readonly start: () => Promise<Kid>;
  /** Children that may work at once. */
  readonly atOnce: number;
  /** Jobs after which a child is replaced. */
  readonly most: number;
  /** Resident bytes above which a child is not kept for the next job. */
  readonly keepBytes: number;
  /** Milliseconds an idle child is kept. */
  readonly idleMs: number;
};

export type Pool = { work(job: Job, signal: AbortSignal): Promise<Answer>; close(): Promise<void> };

/** Keeps one warm child between jobs and lets a few work at once; a child that met a fault never works again. */
export function makePool(options: PoolOptions): Pool {
  const seats = makeSeats(options.atOnce);
  const nest = makeNest(options);
  return {
    close: () => nest.close(),
    work: (job, signal) =>
      seats.sit(signal, async () => {
        const kid = await nest.take();
        let sound = false;
        try {
          const answer = await kid.work(job, signal);
          sound = isSound(answer);
          return answer;
        } finally {
          await nest.giveBack(kid, sound);
        }
      }),
  };
}

type Nest = {
  take(): Promise<Kid>;
  giveBack(kid: Kid, sound: boolean): Promise<void>;
  close(): Promise<void>;
};

/** All children alive, and the one of them that waits for the next job. */
function makeNest(options: PoolOptions): Nest {
  const all = new Set<Kid>();
  let spare: Kid | undefined;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;
  const drop = async (kid: Kid): Promise<void> => {
    if (spare === kid) spare = undefined;
    await kid.end();
    all.delete(kid);
  };
  return {
    take: async () => {
      clearTimeout(idle);
      const kid = spare;
      spare = undefined;
      if (kid?.alive() === true) return kid;
      if (kid !== undefined) await drop(kid);
      const fresh = await options.start();
      all.add(fresh);
      if (!closed) return fresh;
      await drop(fresh);
      throw new Fault('cancelled', 'The exact programs are closed; start AIOS again.');
    },
    giveBack: async (kid, sound) => {
      const isFresh = sound && kid.alive() && kid.jobs() < options.most;
      const isSmall = isFresh && (await kid.bytes()) <= options.keepBytes;
      if (!isSmall || closed || spare !== undefined) return drop(kid);
      spare = kid;
      idle = setTimeout(() => void drop(kid), options.idleMs);
      idle.unref();
    },
    close: async () => {
      closed = true;
      clearTimeout(idle);
      await Promise.all([...all].map(drop));
    },
  };
}

/** An engine that threw may have left its process in any state. */
function isSound(answer: Answer): boolean {
  if (answer.is === 'fault') return false;
  return answer.is !== 'report' || answer.report.engines.every((engine) => engine.status === 'ok');
}

type Seats = { sit<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> };

function makeSeats(many: number): Seats {
  let free = many;
  const waiting: (() => void)[] = [];
  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sit = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(sit), 1);
        reject(new Fault('cancelled', 'The work was cancelled while it waited for its turn.'));
      };
      waiting.push(sit);
      signal.addEventListener('abort', leave, { once: true });
    });
  return {
    sit: async (signal, work) => {
      if (signal.aborted) throw new Fault('cancelled', 'The work was cancelled before it began.');
      if (free > 0) free -= 1;
      else await wait(signal);
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
