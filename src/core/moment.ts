/** A moment as epoch milliseconds, UTC. core never asks what time it is; it is told. */
export type Moment = number & { readonly __unit: 'ms' };

export function moment(ms: number): Moment {
  return ms as Moment;
}

/** `2026-11-23 09:05`, UTC: how a moment is written to people where no time zone is known. */
export function utcText(at: Moment): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
