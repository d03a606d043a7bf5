import type { Lane } from '../../core/lane.ts';

/** How long a call may take and how much it may answer; part of what an attempt was asked with. */
export type CallLimits = { readonly deadlineMs: number; readonly maxOutputTokens: number };
export const CALL_LIMITS: CallLimits = { deadlineMs: 600_000, maxOutputTokens: 16_000 };

/**
 * The most a model of the lane writes in one answer. Senior: the 64,000 output tokens of Anthropic's current models; seat
 * and local: half of it, so that a prompt fits beside it in a context of 131,072 tokens.
 */
const MOST_OUTPUT: Readonly<Record<Lane, number>> = {
  tool: CALL_LIMITS.maxOutputTokens,
  local: 32_000,
  seat: 32_000,
  senior: 64_000,
};

/** Twice the room for an answer that was cut off, up to what the model can write. */
export function widened(limits: CallLimits, lane: Lane): CallLimits {
  const twice = 2 * limits.maxOutputTokens;
  return { ...limits, maxOutputTokens: Math.min(twice, MOST_OUTPUT[lane]) };
}
