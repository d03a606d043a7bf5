/** What a test can make go wrong on the wire. Nothing here is reachable over HTTP. */
export type Failure = {
  /** HTTP status to answer with, e.g. 500; default 200. */
  readonly status?: number;
  /** Slack's error code, e.g. `ratelimited`. */
  readonly error?: string;
  /** Seconds for a 429's Retry-After; implies status 429. */
  readonly retryAfter?: number;
  /** True: the call takes effect and only its answer is lost, the case after which a caller must look before it posts again. */
  readonly afterwards?: boolean;
};

export type Faults = {
  /** Ignores the next `n` acknowledgements of events and interactions. */
  dropAcks(n: number): void;
  /** Fails the next call of a method; may be given several times. */
  failNext(method: string, failure: Failure): void;
  /** Used by the wire: whether to ignore this ack. */
  takeDroppedAck(): boolean;
  /** Used by the wire: the failure for this call, if one waits. */
  takeFailure(method: string): Failure | undefined;
};

export function makeFaults(): Faults {
  let dropped = 0;
  const failures = new Map<string, Failure[]>();
  return {
    dropAcks: (n) => void (dropped += n),
    failNext: (method, failure) =>
      void failures.set(method, [...(failures.get(method) ?? []), failure]),
    takeDroppedAck: () => {
      if (dropped === 0) return false;
      dropped -= 1;
      return true;
    },
    takeFailure: (method) => failures.get(method)?.shift(),
  };
}
