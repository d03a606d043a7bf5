import type { Outbox } from '../flow/ports/outbox.ts';
import type { Queue } from '../flow/ports/queue.ts';
import { sentenceOf } from '../core/fault.ts';

export type Relay = {
  /** Says that there is something to send; returns at once. */
  readonly wake: () => void;
  /** Notes a job as done; written with the next round, so that a job costs no commit of its own for it. */
  readonly done: (jobId: string) => void;
  /** Sends what is due now and writes down what is done; for tests and for closing. */
  round(): Promise<void>;
  close(): Promise<void>;
};

type Deps = {
  readonly outbox: Outbox;
  readonly queue: Pick<Queue, 'add'>;
  readonly log: (sentence: string) => void;
  /** Waited for before a round that was not asked for by hand: people are heard first. */
  readonly quiet?: () => Promise<void>;
  /** How often to look without being woken: for what another process left, and for what became due. */
  readonly everyMs?: number;
};

const BATCH = 100;

/** Moves jobs from the outbox to the queue. Any number of relays may run; a crash between sending and marking sends again. */
export function makeRelay(deps: Deps): Relay {
  const finished = new Set<string>();
  const round = async (): Promise<void> => {
    for (let sent = BATCH; sent === BATCH;) {
      const done = [...finished];
      sent = await deps.outbox.relay(BATCH, (jobs) => deps.queue.add(jobs), done);
      for (const id of done) finished.delete(id);
    }
  };
  const turn = makeTurn(async () => {
    await deps.quiet?.();
    await round().catch((thrown: unknown) => deps.log(`The relay pauses: ${sentenceOf(thrown)}`));
  });
  const timer = setInterval(turn.wake, deps.everyMs ?? 500);
  return {
    wake: turn.wake,
    done: (jobId) => void finished.add(jobId),
    round,
    close: async () => {
      clearInterval(timer);
      await turn.end();
      await settle(deps, finished).catch((thrown: unknown) =>
        deps.log(`Not marked as done: ${sentenceOf(thrown)}`),
      );
    },
  };
}

/** Writes down what is done, all at once. */
async function settle({ outbox }: Deps, finished: Set<string>): Promise<void> {
  if (finished.size === 0) return;
  const ids = [...finished];
  await outbox.done(ids);
  for (const id of ids) finished.delete(id);
}

/** Runs something again and again while it is wanted, never twice at once. */
function makeTurn(run: () => Promise<void>) {
  let open = true;
  let wanted = false;
  let running: Promise<void> | null = null;
  const spin = async (): Promise<void> => {
    while (wanted) {
      wanted = false;
      await run();
    }
    running = null;
  };
  return {
    wake: (): void => {
      wanted = open;
      if (open) running ??= spin();
    },
    end: async (): Promise<void> => {
      open = false;
      wanted = false;
      await running;
    },
  };
}
