import type { Outbox } from '../flow/ports/outbox.ts';
import type { Job, Queue } from '../flow/ports/queue.ts';
import { openQueue } from '../queue/open.ts';
import type { QueuePlace } from '../queue/open.ts';
import { makeReconciler } from '../queue/reconcile.ts';
import { makeRelay } from '../queue/relay.ts';
import { AT_ONCE, serve } from '../queue/serve.ts';
import type { Base } from './base.ts';

/** Everything that moves by itself: relay, workers, schedules, reconciler. */
export type Workers = {
  readonly queue: Queue;
  readonly wake: () => void;
  /** Looks now for jobs the queue lost; for tests and doctor. */
  reconcile(): Promise<number>;
  close(): Promise<void>;
};

type Needs = {
  readonly base: Base;
  readonly outbox: Outbox;
  readonly log: (sentence: string) => void;
  /** Resolves when work may begin: people are heard first. */
  readonly quiet: () => Promise<void>;
  run(job: Job, signal: AbortSignal): Promise<void>;
};

/** Monday morning, in the time zone of the practice; quiet hours that last longer put it off. */
const DIGEST_AT = '0 8 * * 1';
const SWEEP_MS = 60_000;
const RETAIN_MS = 3_600_000;

export async function startWorkers(needs: Needs): Promise<Workers> {
  const { outbox, log } = needs;
  const { config } = needs.base;
  const place = placeOf(needs.base);
  const queue = await openQueue(place, { log, lockDurationMs: config.queueLockMs });
  const { quiet } = needs;
  const relay = makeRelay({ outbox, queue, log, quiet });
  const run = async (job: Job, signal: AbortSignal): Promise<void> => {
    await quiet();
    await needs.run(job, signal);
  };
  const serving = await serve({ queue, run, done: relay.done, atOnce: AT_ONCE });
  // What a queue lost is noticed about as soon as a job of a killed process is taken from it.
  const patienceMs = config.queueLockMs / 2;
  const restore = (): Promise<void> => schedule(queue, config.zone);
  const reconciler = makeReconciler({
    outbox,
    queue,
    wake: () => relay.wake(),
    restore,
    log,
    everyMs: patienceMs,
    patienceMs,
  });
  await reconciler.round();
  // A Monday may have passed while nothing ran; a digest that was posted is not posted again.
  await queue.add([{ queue: 'aios', name: 'digest', id: 'digest', jobId: 'digest_at_start' }]);
  relay.wake();
  return {
    queue,
    wake: relay.wake,
    reconcile: () => reconciler.round(),
    close: async () => {
      await reconciler.close();
      await serving.close();
      await relay.close();
      await queue.close();
    },
  };
}

function placeOf({ config, data }: Base): QueuePlace {
  const { redisUrl: url } = config;
  return url === undefined ? { kind: 'postgres', url: data.url } : { kind: 'redis', url };
}

/** What comes by itself; said again it stays as it is. */
async function schedule(queue: Queue, zone: string): Promise<void> {
  const job = (name: string): Job => ({ queue: 'aios', name, id: name, jobId: name });
  await queue.schedule(job('sweep'), { everyMs: SWEEP_MS });
  await queue.schedule(job('retain'), { everyMs: RETAIN_MS });
  await queue.schedule(job('digest'), { cron: DIGEST_AT, zone });
}
