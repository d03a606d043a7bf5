import type { Config } from '../../config.ts';

export const USAGE =
  'aios rules check [--notes] [--json]; --rules <folder> and --personas <folder> for others than those in force';

/** What was asked: the folders, and the flags. */
export type Given = {
  readonly config: Config;
  /** The folder of rules as it was named, for places that can be opened; undefined for the one of the settings. */
  readonly named: string | undefined;
  readonly notes: boolean;
  readonly json: boolean;
};
