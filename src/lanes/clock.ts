import { Fault } from '../core/fault.ts';

/** One call's time: a signal that aborts when the job is cancelled or the deadline passes, and which of the two it was. */
export type CallClock = {
  readonly signal: AbortSignal;
  latencyMs(): number;
  /** The fault of the abort, or undefined when nothing aborted. */
  aborted(server: string): Fault | undefined;
  /** Must be called when the call is over; frees the timer and the listener. */
  stop(): void;
};

/** Starts the clock of one call. `deadlineMs` counts from now. */
export function startClock(job: AbortSignal, deadlineMs: number): CallClock {
  const controller = new AbortController();
  const startedAt = performance.now();
  let why: 'timeout' | 'cancelled' | undefined;
  const end = (reason: 'timeout' | 'cancelled') => {
    why ??= reason;
    controller.abort();
  };
  const cancel = () => end('cancelled');
  const timer = setTimeout(() => end('timeout'), deadlineMs);
  if (job.aborted) cancel();
  else job.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    latencyMs: () => Math.round(performance.now() - startedAt),
    aborted: (server) => (why === undefined ? undefined : abortFault(why, server, deadlineMs)),
    stop() {
      clearTimeout(timer);
      job.removeEventListener('abort', cancel);
    },
  };
}

function abortFault(why: 'timeout' | 'cancelled', server: string, deadlineMs: number): Fault {
  if (why === 'cancelled')
    return new Fault('cancelled', `The call to ${server} was cancelled before it answered.`);
  const sentence = `Expected an answer of ${server} within ${deadlineMs} ms, got none. It is tried again later; give it longer if this stays.`;
  return new Fault('timeout', sentence, { retry: true });
}
