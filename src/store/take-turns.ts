/**
 * Runs something at most once at a time. Whoever asks while it runs gets a run that begins afterwards, and shares it with
 * all others who ask meanwhile: what they did before they asked is seen by it.
 */
export function takeTurns<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const begin = (): Promise<T> => {
    next = null;
    const mine = run().finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
    return mine;
  };
  return () => {
    if (running === null) return begin();
    next ??= running.then(begin, begin);
    return next;
  };
}
