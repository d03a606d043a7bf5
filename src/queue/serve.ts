import type { Job, Queue, QueueHandle, QueueName } from '../flow/ports/queue.ts';
import { QUEUES } from '../flow/ports/queue.ts';

type Deps = {
  readonly queue: Queue;
  run(job: Job, signal: AbortSignal): Promise<void>;
  done(jobId: string): void;
  /** Jobs at once per queue. */
  readonly atOnce: Readonly<Record<QueueName, number>>;
};

/** Two at once is what a seat's terms of use bear; one machine runs one local model well. */
export const AT_ONCE: Readonly<Record<QueueName, number>> = {
  aios: 8,
  'lane-tool': 2,
  'lane-local': 1,
  'lane-seat': 2,
  'lane-senior': 4,
};

/** Works all queues. Closing waits for running jobs up to their deadline and then aborts them. */
export async function serve(deps: Deps): Promise<QueueHandle> {
  const inTurn = makeTurns();
  const handles = await Promise.all(
    QUEUES.map((name) =>
      deps.queue.process(name, deps.atOnce[name], async (job, signal) => {
        await inTurn(job.id, async () => {
          signal.throwIfAborted();
          await deps.run(job, signal);
        });
        deps.done(job.jobId);
      }),
    ),
  );
  return { close: async () => void (await Promise.all(handles.map((h) => h.close()))) };
}

/**
 * Lets everything about one id happen one after another. A job comes twice when the queue lost it or two acts wanted the
 * same card: the second then finds what the first did, instead of doing it at the same moment.
 */
function makeTurns() {
  const last = new Map<string, Promise<void>>();
  return async (id: string, act: () => Promise<void>): Promise<void> => {
    const own = (last.get(id) ?? Promise.resolve()).then(act, act);
    last.set(id, own);
    try {
      await own;
    } finally {
      if (last.get(id) === own) last.delete(id);
    }
  };
}
