import type { AttemptId } from '../../core/id.ts';
import type { Lane, Purpose } from '../../core/lane.ts';
import type { NamedFile, Program } from './exact.ts';

/** Four token counts, kept apart, each counted once whatever the vendor's own definition. */
export type Usage = {
  /** Input tokens that were neither read from nor written to a cache. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Output tokens, thinking included. */
  readonly output: number;
  /** Milliseconds of own hardware that are this call's own, for the local lane; 0 elsewhere. */
  readonly computeMs: number;
};

export const NO_USAGE: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, computeMs: 0 };

export type LaneRequest = {
  readonly attempt: AttemptId;
  readonly purpose: Purpose;
  /** Slack user id of who asked for the work: a seat is for its own person. */
  readonly asker?: string;
  /** Exact program, for the tool lane only. */
  readonly program?: Program;
  /** Model to ask; undefined means the lane's configured default. */
  readonly model?: string;
  /** The persona's brief and the answer contract. */
  readonly system: string;
  /** The person's words and material, fenced as data. */
  readonly material: string;
  readonly files: readonly NamedFile[];
  /** JSON Schema of the answer (draft 2020-12, flat, all fields required); absent where plain text is wanted. */
  readonly schema?: Record<string, unknown>;
  readonly maxOutputTokens: number;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
};

export type LaneResult = {
  readonly provider: string;
  readonly modelRequested: string;
  readonly modelServed: string;
  readonly requestId: string | null;
  /** The answer as the model wrote it (JSON text by contract); for the tool lane the summary sentence. */
  readonly text: string;
  /** Files an exact program made; empty for model lanes, whose files come out of the answer. */
  readonly files: readonly NamedFile[];
  readonly stop: 'end' | 'length' | 'refusal';
  readonly usage: Usage;
  /** How the provider says it served the call, where it says so: it may change the price. */
  readonly tier?: string;
  readonly speed?: string;
  /** 10^-9 credits of the seat, all wire calls together, where the seat reports them. */
  readonly credits?: number;
  /** How likely the model held its own words, 0 to 1: the geometric mean over its tokens, where the server says so. */
  readonly tokenProbability?: number;
  readonly latencyMs: number;
  /** True when a stand-in and not a real model answered. */
  readonly rehearsal: boolean;
};

/** Whether a lane can take work now; `next` is the exact next step for a person when it cannot. */
export type LaneHealth =
  | { readonly is: 'ready'; readonly model: string; readonly rehearsal: boolean }
  | { readonly is: 'off'; readonly why: string; readonly next: string }
  | { readonly is: 'down'; readonly why: string; readonly next: string };

/**
 * One lane. `run` throws Fault with one of: auth, rate_limit, overloaded, unavailable, model_missing, timeout,
 * cancelled, quota, refused, bad_input, lane_off. A truncated answer is a result with stop `length`, not a fault.
 */
export type LaneClient = {
  readonly id: Lane;
  /** With a Slack user id: whether it can take the work of that person. */
  health(asker?: string): Promise<LaneHealth>;
  run(request: LaneRequest): Promise<LaneResult>;
  close(): Promise<void>;
};

export type Lanes = Readonly<Record<Lane, LaneClient>>;
