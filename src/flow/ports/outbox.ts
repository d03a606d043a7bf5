import type { Job } from './queue.ts';

/** The outbox as the relay and the reconciler see it. */
export type Outbox = {
  /**
   * Marks up to `limit` due jobs as sent (SKIP LOCKED, so that any number of relays share the work) and hands them to
   * `send`; if that throws, the marks are taken back. Marks `done` as finished along with it. Returns how many were
   * sent. After a crash in between they stand as sent: `sent` gives them to the reconciler.
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
