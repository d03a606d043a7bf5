import { setTimeout as pause } from 'node:timers/promises';
import { UnrecoverableError } from 'bullmq';
import { Fault, sentenceOf } from '../core/fault.ts';
import type { JobHandler, QueueHandle, QueueName } from '../flow/ports/queue.ts';
import type { Backend, Consumer, Taken } from './backend.ts';
import { START_PATIENCE, within } from './patience.ts';

export type WorkerSettings = {
  readonly name: QueueName;
  readonly concurrency: number;
  readonly handler: JobHandler;
  readonly lockDurationMs: number;
  readonly timeoutMs: number;
  readonly closeMs: number;
  readonly log: (sentence: string) => void;
};

/** What a handler may still take once its signal has aborted, before its job is given back without it. */
const GRACE_MS = 1_000;

/** The jobs at work, each with the way to end it. */
type Running = Map<AbortController, Promise<void>>;

/** Starts working a queue. Throws Fault `queue_gone` when the backend does not answer. */
export async function startWorker(
  backend: Backend,
  settings: WorkerSettings,
): Promise<QueueHandle> {
  const running: Running = new Map();
  const consumer = backend.consumer(settings.name, {
    concurrency: settings.concurrency,
    lockDurationMs: settings.lockDurationMs,
    work: (job) => work(job, settings, running),
  });
  try {
    const ms = settings.timeoutMs * START_PATIENCE;
    await within({ ms, what: `worked (${settings.name})` }, () => consumer.waitUntilReady());
  } catch (thrown) {
    await close(consumer, settings, running);
    throw thrown;
  }
  let closing: Promise<void> | undefined;
  return { close: () => (closing ??= close(consumer, settings, running)) };
}

async function work(
  job: Taken,
  { name, handler, log }: WorkerSettings,
  running: Running,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    const done = handler(
      { queue: name, name: job.name, id: job.data.id, jobId: job.id ?? '' },
      signal,
    );
    const ended = Promise.race([done, overdue(signal)]);
    running.set(controller, ended);
    await ended;
  } catch (thrown) {
    log(`job ${job.name} of ${name}: ${sentenceOf(thrown)}`);
    throw thrown instanceof Fault && !thrown.retry ? unrecoverable(thrown) : thrown;
  } finally {
    running.delete(controller);
    // Lets `overdue` end as well.
    controller.abort();
  }
}

function unrecoverable(fault: Fault): UnrecoverableError {
  return Object.assign(new UnrecoverableError(fault.message), { cause: fault });
}

/** A handler that does not heed its signal must not keep the process from ending; its job is tried again. */
function overdue(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = (): void => reject(new Error('the job did not end when the worker was closed'));
    const wait = (): unknown => setTimeout(giveUp, GRACE_MS).unref();
    signal.addEventListener('abort', wait, { once: true });
  });
}

/** Takes no more jobs, lets those at work end, aborts them at the deadline, and leaves when the backend hangs as well. */
async function close(
  consumer: Consumer,
  settings: WorkerSettings,
  running: Running,
): Promise<void> {
  const closed = consumer.isAlive() ? consumer.close(false) : closeByForce(consumer, running);
  closed.catch((thrown: unknown) => settings.log(`worker ${settings.name}: ${sentenceOf(thrown)}`));
  if (await endsWithin(closed, settings.closeMs)) return;
  for (const controller of running.keys()) controller.abort();
  if (await endsWithin(closed, GRACE_MS + settings.timeoutMs)) return;
  settings.log(
    `worker ${settings.name} was left before it had ended; its jobs go to the next one.`,
  );
}

/** With the backend gone a job's end cannot be told to it, but its work is still worth ending. */
async function closeByForce(consumer: Consumer, running: Running): Promise<void> {
  await Promise.allSettled(running.values());
  await consumer.close(true);
}

async function endsWithin(closed: Promise<void>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = pause(ms, false, { signal: timer.signal }).catch(() => false);
  const ended = await Promise.race([
    closed.then(
      () => true,
      () => true,
    ),
    late,
  ]);
  timer.abort();
  return ended;
}
