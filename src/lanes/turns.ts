/** Calls that wait for their turn: only so many at once, and only so many a minute, in the order they came. */
export type Turns = {
  /** Runs when its turn has come. Rejects with the reason of the signal as soon as that aborts before it. */
  take<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T>;
  /** Turns everybody away who still waits. */
  close(): void;
};

type Limits = { readonly atOnce: number; readonly perMinute: number };
type Waiting = { readonly go: () => void };

const MINUTE_MS = 60_000;

/** The timer of a minute that is full keeps no process alive. `now` gives milliseconds that never go back. */
export function makeTurns({ atOnce, perMinute }: Limits, now = () => performance.now()): Turns {
  const waiting: Waiting[] = [];
  const begun: number[] = [];
  let running = 0;
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    while (begun[0] !== undefined && now() - begun[0] >= MINUTE_MS) begun.shift();
    while (running < atOnce && begun.length < perMinute) {
      const one = waiting.shift();
      if (one === undefined) return;
      running += 1;
      begun.push(now());
      one.go();
    }
    if (running >= atOnce || begun[0] === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(next, begun[0] + MINUTE_MS - now() + 1).unref();
  };
  return {
    async take(signal, run) {
      const turn = waitFor(waiting, signal);
      next();
      await turn;
      try {
        return await run();
      } finally {
        running -= 1;
        next();
      }
    },
    close: () => clearTimeout(timer),
  };
}

/** Stands in the line until somebody says go, or the signal aborts. */
function waitFor(waiting: Waiting[], signal: AbortSignal): Promise<void> {
  return new Promise((go, away) => {
    const one = {
      go: () => {
        signal.removeEventListener('abort', leave);
        go();
      },
    };
    const leave = (): void => {
      const at = waiting.indexOf(one);
      if (at >= 0) waiting.splice(at, 1);
      away(signal.reason as Error);
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    waiting.push(one);
  });
}
