import { Fault } from '../core/fault.ts';
import type { Lane } from '../core/lane.ts';
import type { LaneClient } from '../flow/ports/lanes.ts';

/** A lane nobody configured: it says why and the exact next step, and `run` throws Fault `lane_off` with both. */
export function makeOffLane(id: Lane, why: string, next: string): LaneClient {
  return {
    id,
    health: () => Promise.resolve({ is: 'off', why, next }),
    run: () => Promise.reject(new Fault('lane_off', `The ${id} lane is off: ${why}. ${next}`)),
    close: () => Promise.resolve(),
  };
}
