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
  const handles = await Promise.all(
    QUEUES.map((name) =>
      deps.queue.process(name, deps.atOnce[name], async (job, signal) => {
        await deps.run(job, signal);
        deps.done(job.jobId);
      }),
    ),
  );
  return { close: async () => void (await Promise.all(handles.map((h) => h.close()))) };
}
