import type { LaneTry } from '../../core/breaker.ts';
import type { Lane } from '../../core/lane.ts';
import type { Moment } from '../../core/moment.ts';
import type { AttemptRow } from './rows-work.ts';

/** What the attempts on a lane say about it. */
export type LaneRecord = {
  /** Ended attempts, newest first, as many as a breaker has to know. */
  readonly ended: readonly LaneTry[];
  /** When the newest attempt began that is still open; null where none is. */
  readonly openSince: Moment | null;
};

/** Reads over the attempts of all tasks. */
export type AttemptReads = {
  laneRecord(lane: Lane): Promise<LaneRecord>;
  /** Open attempts that began before this, oldest first, at most 100: whoever made them is gone. */
  openAttempts(before: Moment): Promise<readonly AttemptRow[]>;
};
