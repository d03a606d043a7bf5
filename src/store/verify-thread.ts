import { Worker } from 'node:worker_threads';
import { makeJudge } from './verify-judge.ts';
import type { Judge, Page } from './verify-judge.ts';
import type { Answer, Order } from './verify-worker.ts';

/** Where judges sit. */
export type Court = {
  /** A judge for the log of that client, null for the practice's own; one at a time. */
  judge(client: string | null): Judge;
  close(): Promise<void>;
};

/** So many pages may be under way: enough to be busy while the next are read, and no more memory than that. */
const PAGES_AHEAD = 4;

/**
 * Judges in a thread of their own, so that reading and hashing go on beside them. Where this runs from its TypeScript,
 * as in tests, there is no file that a thread could begin with: then they sit in this one.
 */
export function openCourt(): Court {
  if (!import.meta.url.endsWith('.js')) return { judge: makeJudge, close: async () => undefined };
  const worker = new Worker(new URL('./verify-worker.js', import.meta.url));
  const calls = callsTo(worker);
  return {
    judge: (client) => {
      const begun = calls.ask({ is: 'begin', client });
      // It is waited for with the first page; a thread that dies before must not end the process.
      begun.catch(() => undefined);
      return {
        page: async (page: Page) => {
          await begun;
          const done = calls.ask({ is: 'page', page }, [page.bytes.buffer, page.marks.buffer]);
          done.catch(() => undefined);
          await calls.room();
        },
        end: async () => {
          const told = await calls.ask({ is: 'end' });
          if (told === null) throw new Error('a judge ended a log and told nothing');
          return told;
        },
      };
    },
    close: async () => void (await worker.terminate()),
  };
}

type Waiting = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (why: Error) => void;
};

/** Orders to a thread, each with the answer that comes for it. What ends the thread is thrown by every open one. */
function callsTo(worker: Worker) {
  const waiting: Waiting[] = [];
  let answered: () => void = () => undefined;
  let broken: Error | undefined;
  worker.on('message', (answer: Answer) => {
    waiting.shift()?.resolve(answer);
    answered();
  });
  worker.on('error', (why) => {
    broken = why;
    for (const one of waiting.splice(0)) one.reject(why);
    answered();
  });
  return {
    ask: (order: Order, hand: readonly ArrayBuffer[] = []): Promise<Answer> => {
      if (broken !== undefined) return Promise.reject(broken);
      worker.postMessage(order, [...hand]);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    /** Waits until few enough orders are open. */
    room: async (): Promise<void> => {
      while (waiting.length >= PAGES_AHEAD)
        await new Promise<void>((resolve) => {
          answered = resolve;
        });
      if (broken !== undefined) throw broken;
    },
  };
}
