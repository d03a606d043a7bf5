import type { Outbox } from '../flow/ports/outbox.ts';
import type { Queue } from '../flow/ports/queue.ts';
import { sentenceOf } from '../core/fault.ts';

type Deps = {
  readonly outbox: Outbox;
  readonly queue: Pick<Queue, 'known'>;
  readonly wake: () => void;
  /** Puts the schedules back that the queue lost. */
  readonly restore: () => Promise<void>;
  readonly log: (sentence: string) => void;
  readonly everyMs: number;
  /** A job sent longer ago than this and unknown to the queue was lost. */
  readonly patienceMs: number;
};

export type Reconciler = { round(): Promise<number>; close(): Promise<void> };

const BATCH = 1_000;
const KEEP_MS = 24 * 3_600_000;

/**
 * Makes the product right whatever happens to the queue: what was sent, is not done and is not known to the queue any
 * more is sent again. With the queue emptied at any moment nothing is lost, and doing a job twice does it once.
 */
export function makeReconciler(deps: Deps): Reconciler {
  let running: Promise<unknown> | null = null;
  const round = async (): Promise<number> => {
    await deps.restore();
    const sent = await deps.outbox.sent(deps.patienceMs, BATCH);
    const known = sent.length === 0 ? new Set<string>() : await deps.queue.known(sent);
    const lost = sent.filter((job) => !known.has(job.jobId)).map((job) => job.jobId);
    if (lost.length > 0) {
      await deps.outbox.again(lost);
      deps.wake();
    }
    await deps.outbox.tidy(KEEP_MS);
    return lost.length;
  };
  const timer = setInterval(() => {
    running ??= round()
      .catch((thrown: unknown) => deps.log(`The reconciler pauses: ${sentenceOf(thrown)}`))
      .finally(() => (running = null));
  }, deps.everyMs);
  return {
    round,
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
