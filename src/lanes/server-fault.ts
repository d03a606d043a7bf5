import { Fault, type FaultCode } from '../core/fault.ts';
import { FAULT_PLANS } from '../core/fault-plan.ts';

/** How a model server is spoken of, and what a person does about the faults a retry cannot cure. */
export type ServerWords = {
  readonly name: string;
  readonly fixAuth: string;
  readonly fixModel: string;
  readonly fixQuota: string;
};

export type HttpFailure = {
  readonly status: number;
  /** The server's own words, if it gave any. */
  readonly says?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
};

const CODES: ReadonlyMap<number, FaultCode> = new Map([
  [401, 'auth'],
  [402, 'quota'],
  [403, 'auth'],
  [404, 'model_missing'],
  [408, 'timeout'],
  [429, 'rate_limit'],
  [503, 'overloaded'],
  [529, 'overloaded'],
]);

/** The Fault of an HTTP status. Whether a retry can help follows from its code; `retry-after` is passed on. */
export function statusFault(server: ServerWords, failure: HttpFailure): Fault {
  return serverFault(server, codeOf(failure), {
    got: `HTTP ${failure.status}${failure.says === undefined ? '' : ` (${short(failure.says)})`}`,
    cause: failure.cause,
    retryAfterMs: failure.retryAfterMs,
  });
}

/** A Fault of a server by its code: what was expected, what came, what to do next. */
export function serverFault(
  server: ServerWords,
  code: FaultCode,
  more: {
    readonly got: string;
    readonly cause?: unknown;
    readonly retryAfterMs?: number | undefined;
  },
): Fault {
  return new Fault(
    code,
    `Expected an answer of ${server.name}, got ${more.got}. ${nextStep(server, code)}`,
    {
      cause: more.cause,
      retry: isRetried(code),
      ...(more.retryAfterMs === undefined ? {} : { retryAfterMs: more.retryAfterMs }),
    },
  );
}

/** Milliseconds of a `retry-after` header (seconds or an HTTP date), or undefined. */
export function retryAfterMs(
  header: string | null | undefined,
  now = Date.now(),
): number | undefined {
  if (header === null || header === undefined || header === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1000));
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function codeOf({ status, says }: HttpFailure): FaultCode {
  if (/credit balance|insufficient_quota|billing/i.test(says ?? '') && status < 500) return 'quota';
  const known = CODES.get(status);
  if (known !== undefined) return known;
  return status >= 500 ? 'unavailable' : 'bad_input';
}

const isRetried = (code: FaultCode): boolean => FAULT_PLANS[code].step === 'retry';

function nextStep(server: ServerWords, code: FaultCode): string {
  if (code === 'auth') return server.fixAuth;
  if (code === 'model_missing') return server.fixModel;
  if (code === 'quota') return server.fixQuota;
  if (isRetried(code)) return 'It is tried again later.';
  return 'The request itself was refused; trying it again unchanged will not help.';
}

/** First line, at most 160 characters: enough to act on, too little to carry material. */
function short(says: string): string {
  const line = says.split('\n')[0] ?? '';
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
}
