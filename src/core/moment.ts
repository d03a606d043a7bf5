/** A moment as epoch milliseconds, UTC. core never asks what time it is; it is told. */
export type Moment = number & { readonly __unit: 'ms' };

export function moment(ms: number): Moment {
  return ms as Moment;
}
