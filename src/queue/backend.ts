import type { QueueName } from '../flow/ports/queue.ts';

/** What our queue needs of BullMQ, the same for both of its backends. A job's data is its id alone. */
export type BullJob = {
  readonly name: string;
  readonly data: { readonly id: string };
  readonly opts: { readonly jobId: string };
};

export type Producer = {
  add(name: string, data: BullJob['data'], opts: BullJob['opts']): Promise<unknown>;
  addBulk(jobs: BullJob[]): Promise<unknown>;
  getJobState(jobId: string): Promise<string>;
  remove(jobId: string): Promise<number>;
  getJobCounts(
    ...states: ('waiting' | 'prioritized' | 'active' | 'failed')[]
  ): Promise<Record<string, number>>;
  upsertJobScheduler(
    id: string,
    repeat: { readonly pattern: string; readonly tz: string } | { readonly every: number },
    template: { readonly name: string; readonly data: { readonly id: string } },
  ): Promise<unknown>;
  /** What is known of a schedule; nothing where it is not there. */
  getJobScheduler(id: string): Promise<Scheduled | null | undefined>;
  close(): Promise<void>;
};

/** A schedule as BullMQ keeps it; `next` in epoch ms. */
export type Scheduled = {
  readonly pattern?: string;
  readonly tz?: string;
  readonly every?: number;
  readonly next?: number;
};

export type Taken = {
  readonly id?: string | undefined;
  readonly name: string;
  readonly data: { readonly id: string };
};

export type Consumer = {
  waitUntilReady(): Promise<unknown>;
  /** Whether it can end gently: its connections stand. */
  isAlive(): boolean;
  /** Takes no more jobs; waits for those at work unless forced. */
  close(force: boolean): Promise<void>;
};

export type ConsumerOptions = {
  readonly concurrency: number;
  readonly lockDurationMs: number;
  readonly work: (job: Taken) => Promise<void>;
};

/** One of BullMQ's two backends, with connections of its own: impatient ones for producers, patient ones for workers. */
export type Backend = {
  producer(queue: QueueName): Producer;
  consumer(queue: QueueName, options: ConsumerOptions): Consumer;
  /** Closes the connections, after all producers and consumers. */
  close(): Promise<void>;
};

export type BackendOptions = {
  readonly retries: { readonly attempts: number; readonly backoffMs: number };
  readonly log: (sentence: string) => void;
};

const DAY_S = 86_400;

/** A done job is forgotten at once (the record is in Postgres), a failed one is kept 30 days to be looked at. */
export function jobOptions({ attempts, backoffMs }: BackendOptions['retries']) {
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: { age: 30 * DAY_S },
    stackTraceLimit: 1,
  } as const;
}

/** A killed worker is no fault of the job: it may happen several times before the job counts as failed. */
const MAX_STALLED = 5;

/** BullMQ's words for what `ConsumerOptions` say. */
export function workerOptions({ concurrency, lockDurationMs }: ConsumerOptions) {
  return {
    concurrency,
    lockDuration: lockDurationMs,
    stalledInterval: Math.ceil(lockDurationMs / 2),
    maxStalledCount: MAX_STALLED,
    // The default of 15 s would leave work lying that long after the backend came back.
    runRetryDelay: 1_000,
  };
}

type Emitter = {
  on(event: 'error', listener: (thrown: Error) => void): unknown;
};

/** An 'error' event without a listener would end the process. */
export function listen<T extends Emitter>(
  emitter: T,
  what: string,
  log: (sentence: string) => void,
): T {
  emitter.on('error', (thrown) => log(`${what}: ${thrown.message}`));
  return emitter;
}
