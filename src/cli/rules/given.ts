import type { Config } from '../../config.ts';

export const USAGE =
  'aios rules [show] | check [--notes] [--json] [--personas <folder>] | diff | accept | replay --since <day> [--until <day>] [--client <short name>] [--reread] [--json]; --rules <folder> for others than those AIOS is started with';

/** What was asked: the folders, and the flags. */
export type Given = {
  /** The settings with the folders that were named. */
  readonly config: Config;
  /** The settings AIOS is started with. */
  readonly settings: Config;
  /** The folder of rules as it was named, for places that can be opened; undefined for the one of the settings. */
  readonly named: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly client: string | undefined;
  readonly notes: boolean;
  readonly reread: boolean;
  readonly json: boolean;
};
