import type { Config } from '../../config.ts';

export const USAGE =
  'aios personas list | show <id> | check [--json] | export --claude <folder> | import <file> [--id <id>] | accept <id>; --personas <folder> for others than those of this version';

/** What was asked: the folders, the word behind the verb, and the flags. */
export type Given = {
  readonly config: Config;
  readonly word: string | undefined;
  readonly claude: string | undefined;
  readonly id: string | undefined;
  readonly json: boolean;
};
