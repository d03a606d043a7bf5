/** How much of the machine's time each of several calls at once has to itself. */
export type ShareClock = {
  /** A call begins; `end` gives the milliseconds that are its own, whole, and may be asked once. */
  begin(): { end(): number };
};

/**
 * While n calls run at once each has a part of 1/n of the time, so that no second of the machine is billed twice: the parts
 * of all calls add up to at most the time that at least one of them ran. `now` gives milliseconds that never go back.
 */
export function makeShareClock(now: () => number): ShareClock {
  const running = new Set<{ own: number }>();
  let at = now();
  const share = (): void => {
    const then = now();
    for (const call of running) call.own += (then - at) / running.size;
    at = then;
  };
  return {
    begin() {
      share();
      const call = { own: 0 };
      running.add(call);
      return {
        end() {
          share();
          running.delete(call);
          return Math.floor(call.own);
        },
      };
    },
  };
}
