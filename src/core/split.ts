/** A piece of a request: its words as written and the names of the files it is about. */
export type Piece = { readonly text: string; readonly files: readonly string[] };

/** A request in pieces. Every sentence of it stands in a piece or in `context`; nothing is dropped or added. */
export type Split = {
  readonly pieces: readonly Piece[];
  /** What was not taken for work: greetings, thanks, remarks. Shown on the plan card. */
  readonly context: readonly string[];
  /** How the pieces were found; names the rule. */
  readonly by: 'SPLIT-ONE' | 'SPLIT-LIST' | 'SPLIT-PROSE';
  /** Set when the split is a guess: then it is one piece, and AIOS asks. The reason is for a person. */
  readonly unsure?: string;
};
