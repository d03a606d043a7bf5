/** One queue per lane plus one for AIOS's own work. */
export const QUEUES = ['aios', 'lane-tool', 'lane-local', 'lane-seat', 'lane-senior'] as const;
export type QueueName = (typeof QUEUES)[number];

/** A job carries an id and nothing else; Postgres is the record, the queue is transport. */
export type Job = {
  readonly queue: QueueName;
  /** What to do with the id, e.g. `plan`, `work`, `review`, `post`, `deliver`. */
  readonly name: string;
  readonly id: string;
  /** Fixed by the outbox row, so that adding twice is adding once. No ':' and not a bare integer. */
  readonly jobId: string;
};

export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

export type QueueHandle = { close(): Promise<void> };

/**
 * The small port over BullMQ. Both backends (Postgres, Redis) pass the same contract tests.
 * A handler that throws is tried again with backoff; a Fault with `retry: false` is not.
 */
export type Queue = {
  /** Adds jobs; a jobId already known and not finished is a no-op. Throws Fault `queue_gone` within `timeoutMs`. */
  add(jobs: readonly Job[]): Promise<void>;
  /**
   * Of the given jobs, those the queue knows and has not finished (waiting, active, delayed). Those that failed for good
   * are forgotten, so that adding them runs them again.
   */
  known(jobs: readonly Job[]): Promise<ReadonlySet<string>>;
  /** Starts working a queue. The signal aborts when the worker is closed past its deadline. */
  process(queue: QueueName, concurrency: number, handler: JobHandler): Promise<QueueHandle>;
  /** Upserts a repeating job by cron pattern and IANA time zone, or every n ms. */
  schedule(
    job: Job,
    when: { readonly cron: string; readonly zone: string } | { readonly everyMs: number },
  ): Promise<void>;
  counts(): Promise<Readonly<Record<QueueName, { waiting: number; active: number }>>>;
  close(): Promise<void>;
};
