import type { Job } from './queue.ts';

/** The outbox as the relay and the reconciler see it. */
export type Outbox = {
  /**
   * Takes up to `limit` due jobs that were not sent, hands them to `send` and marks them sent, in one transaction
   * with SKIP LOCKED, so that any number of relays share the work. Marks `done` as finished along with it. Returns how
   * many were sent. If `send` throws, nothing is marked.
   */
  relay(
    limit: number,
    send: (jobs: readonly Job[]) => Promise<void>,
    done?: readonly string[],
  ): Promise<number>;
  /** Marks jobs as finished: they need never be sent again. */
  done(jobIds: readonly string[]): Promise<void>;
  /** Jobs sent longer than `olderThanMs` ago and not done: the queue may have lost them. */
  sent(olderThanMs: number, limit: number): Promise<readonly Job[]>;
  /** Has these sent again. */
  again(jobIds: readonly string[]): Promise<void>;
  /** Forgets finished jobs older than this. */
  tidy(olderThanMs: number): Promise<void>;
  /** Due and unsent, and sent and unfinished: for the health endpoint. */
  backlog(): Promise<{ readonly unsent: number; readonly open: number }>;
};
