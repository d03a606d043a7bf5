import type { Lane } from './lane.ts';

/** What is done where the material holds what looks like a secret. Neither sends it. */
export const SECRETS = ['mask', 'ask'] as const;

/** What a client is told about a lane: the practice's reading of its terms, with its source and the day it was read. */
export type LaneTerms = {
  readonly lane: Lane;
  readonly by: string;
  readonly where: string;
  readonly retention: string;
  readonly training: string;
  readonly source: string;
  /** `2026-11-26` */
  readonly checkedOn: string;
  /** Null where all of it was seen. */
  readonly notChecked: string | null;
};
