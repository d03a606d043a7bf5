import type { Stage } from './stage.ts';

/** A piece of the day: played to its end, and until nothing moves any more. */
export type Scene = {
  readonly title: string;
  play(stage: Stage): Promise<void>;
};
