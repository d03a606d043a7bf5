import type { RuleSet } from '../core/rule-set.ts';
import type { Problems } from './problems.ts';
import type { Files, Written } from './rule-files.ts';

/** What a check of the whole set looks at. */
export type Checking = {
  readonly written: Written;
  readonly files: Files;
  readonly rules: RuleSet;
  readonly problems: Problems;
};
