import { sha256 } from './draft.ts';

/** How long is waited between tries, ms. */
export type Waits = { readonly firstMs: number; readonly longestMs: number };

/** The longest a server's own `retry-after` is waited for; whoever asks for more is held, and asked again then. */
export const LONGEST_ASKED_MS = 3_600_000;

export type Next = {
  /** Which try failed, from 1. */
  readonly tries: number;
  /** What spreads the waits, so that tasks that failed together do not come back together: the id of the task. */
  readonly seed: string;
  readonly retryAfterMs?: number | undefined;
};

/** The part of a wait that is left to chance. */
const SPREAD = 0.25;
const MOST_SPREAD_MS = 5_000;

/**
 * How long until the next try, ms. A server that names a time is never asked before it; else the wait doubles up to the
 * longest. The same task and try always get the same wait.
 */
export function waitMs({ tries, seed, retryAfterMs }: Next, { firstMs, longestMs }: Waits): number {
  const chance = chanceOf(`${seed}:${tries}`);
  const named = retryAfterMs === undefined ? undefined : askedMs(retryAfterMs);
  if (named !== undefined)
    return Math.round(named + chance * Math.min(SPREAD * named, MOST_SPREAD_MS));
  const wait = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(0, tries - 1), 30));
  return Math.round(wait * (1 - SPREAD * chance));
}

/** A server's retry-after within bounds; what is no number of ms, or below 0, counts as at once. */
export function askedMs(retryAfterMs: number): number {
  if (Number.isNaN(retryAfterMs) || retryAfterMs < 0) return 0;
  return Math.min(Math.round(Math.min(retryAfterMs, LONGEST_ASKED_MS)), LONGEST_ASKED_MS);
}

/** Whether a server asks for more than is waited for. */
export function isAbsurd(retryAfterMs: number | undefined): boolean {
  return retryAfterMs !== undefined && retryAfterMs > LONGEST_ASKED_MS;
}

/** 0 to below 1, the same for the same words. */
function chanceOf(words: string): number {
  return Number.parseInt(sha256(words).slice(0, 8), 16) / 2 ** 32;
}
