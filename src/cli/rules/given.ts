import type { Config } from '../../config.ts';

export const USAGE =
  'aios rules show | diff | accept; --rules <folder> for others than those AIOS is started with';

/** What was asked: the folders, and the flags. */
export type Given = {
  readonly config: Config;
  /** Where AIOS is started with its rules, if the asker named another folder. */
  readonly usual: string | undefined;
};
