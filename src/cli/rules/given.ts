import type { Config } from '../../config.ts';

export const USAGE =
  'aios rules replay --since <day> [--until <day>] [--client <short name>] [--reread] [--json]; --rules <folder> for others than those in force';

/** What was asked: the settings, and the flags as they stand. */
export type Given = {
  readonly config: Config;
  /** Another folder of rules than the one in force. */
  readonly rules: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly client: string | undefined;
  readonly reread: boolean;
  readonly json: boolean;
};
