/** Every fault of the world that AIOS knows how to meet. A code is stable: rules, tests and docs name it. */
export const FAULT_CODES = [
  'bad_config',
  'bad_input',
  'bad_rules',
  'not_allowed',
  'not_found',
  'erased',
  'conflict',
  'too_large',
  'port_in_use',
  'database_gone',
  'queue_gone',
  'slack_gone',
  'data_version',
  'auth',
  'rate_limit',
  'overloaded',
  'unavailable',
  'model_missing',
  'timeout',
  'cancelled',
  'truncated',
  'refused',
  'invalid_output',
  'placeholders_broken',
  'quota',
  'gate_broken',
  'lane_off',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export type FaultMore = {
  readonly cause?: unknown;
  /** Whether trying the same thing again later can help. Default false. */
  readonly retry?: boolean;
  readonly retryAfterMs?: number;
};

/** The one error class for faults of the world: a code, one sentence (expected, got, what to do next), the cause. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: FaultCode, sentence: string, more: FaultMore = {}) {
    super(sentence, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Fault';
    this.code = code;
    this.retry = more.retry ?? false;
    this.retryAfterMs = more.retryAfterMs;
  }
}

/** The sentence of anything thrown, for a person or a log; never a body, because faults carry none. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
