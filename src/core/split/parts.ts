import type { ProsePiece } from './prose.ts';

/** How pieces were found; names the rule. */
export type SplitRule = 'SPLIT-ONE' | 'SPLIT-LIST' | 'SPLIT-PROSE';

/** A request taken apart, before files are given out. */
export type Parts = {
  /** At least one, in the order they were asked for. */
  readonly parts: readonly ProsePiece[];
  readonly context: readonly string[];
  readonly by: SplitRule;
  /** Set when taking it apart would be a guess: then it is one part. The reason is for a person. */
  readonly unsure?: string;
};

/** A request as it stands. */
export const onePart = (text: string): Parts => ({
  parts: [{ text: text.trim() }],
  context: [],
  by: 'SPLIT-ONE',
});
