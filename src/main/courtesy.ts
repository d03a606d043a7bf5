/** Lets work wait while people are being heard: Slack gives an answer three seconds, work has all day. */
export type Courtesy = {
  /** Counts as hearing someone for as long as this runs. */
  readonly hearing: <T>(act: () => Promise<T>) => Promise<T>;
  /** Resolves when nobody is being heard, and at the latest after the patience, so that work never stops. */
  readonly quiet: () => Promise<void>;
};

const PATIENCE_MS = 1_500;

export function makeCourtesy(patienceMs = PATIENCE_MS): Courtesy {
  let heard = 0;
  let waiting: (() => void)[] = [];
  const settle = (): void => {
    heard -= 1;
    if (heard > 0) return;
    for (const go of waiting.splice(0)) go();
  };
  return {
    hearing: async (act) => {
      heard += 1;
      try {
        return await act();
      } finally {
        settle();
      }
    },
    quiet: () => {
      if (heard === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const overdue = setTimeout(go, patienceMs);
        function go(): void {
          clearTimeout(overdue);
          waiting = waiting.filter((other) => other !== go);
          resolve();
        }
        waiting.push(go);
      });
    },
  };
}
