import type { Running } from '../flow/ports/world.ts';

/** Remembers the calls this process is making, so that cancelling a task stops its call. */
export function makeRunning(): Running {
  const calls = new Map<string, AbortController>();
  return {
    begin: (task, outer) => {
      const own = new AbortController();
      calls.set(task, own);
      return {
        signal: AbortSignal.any([own.signal, outer]),
        end: () => {
          if (calls.get(task) === own) calls.delete(task);
        },
      };
    },
    stop: (task) => calls.get(task)?.abort(),
  };
}
