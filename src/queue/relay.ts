import type { Outbox } from '../flow/ports/outbox.ts';
import type { Queue } from '../flow/ports/queue.ts';
import { sentenceOf } from '../core/fault.ts';

export type Relay = {
  /** Says that there is something to send; returns at once. */
  wake(): void;
  /** Notes a job as done; written with the next round, so that a job costs no commit of its own for it. */
  done(jobId: string): void;
  /** Sends what is due now and writes down what is done; for tests and for closing. */
  round(): Promise<void>;
  close(): Promise<void>;
};

type Deps = {
  readonly outbox: Outbox;
  readonly queue: Pick<Queue, 'add'>;
  readonly log: (sentence: string) => void;
  /** How often to look without being woken: for what another process left, and for what became due. */
  readonly everyMs?: number;
};

const BATCH = 100;

/** Moves jobs from the outbox to the queue. Any number of relays may run; a crash between sending and marking sends again. */
export function makeRelay(deps: Deps): Relay {
  const finished = new Set<string>();
  let open = true;
  let wanted = false;
  let running: Promise<void> | null = null;

  const settle = async (): Promise<void> => {
    if (finished.size === 0) return;
    const ids = [...finished];
    await deps.outbox.done(ids);
    for (const id of ids) finished.delete(id);
  };
  const round = async (): Promise<void> => {
    await settle();
    while ((await deps.outbox.relay(BATCH, (jobs) => deps.queue.add(jobs))) === BATCH);
  };
  const spin = async (): Promise<void> => {
    while (wanted) {
      wanted = false;
      await round().catch((thrown: unknown) => deps.log(`The relay pauses: ${sentenceOf(thrown)}`));
    }
    running = null;
  };
  const wake = (): void => {
    wanted = true;
    if (open) running ??= spin();
  };
  const timer = setInterval(wake, deps.everyMs ?? 500);
  return {
    wake,
    done: (jobId) => void finished.add(jobId),
    round,
    close: async () => {
      open = false;
      wanted = false;
      clearInterval(timer);
      await running;
      await settle().catch((thrown: unknown) =>
        deps.log(`Not marked as done: ${sentenceOf(thrown)}`),
      );
    },
  };
}
