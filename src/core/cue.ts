import type { Consequence, Sensitivity } from './facts.ts';

/** Word groups that must all occur; each group is a list of alternatives, an alternative one or more words. */
export type Cue = {
  readonly all: readonly (readonly string[])[];
  /** Alternatives none of which may occur. */
  readonly unless: readonly string[];
  /** How much it speaks for its kind, 1 to 100. */
  readonly points: number;
};

/** Cue words per kind. File types support a kind only when its words were found as well. */
export type KindCues = {
  readonly kind: string;
  readonly cues: readonly Cue[];
  readonly fileTypes: readonly string[];
};

/** A list of words that raises sensitivity or consequence; nothing can lower them. */
export type RaisingCue = {
  readonly id: string;
  readonly words: readonly string[];
  readonly unless: readonly string[];
  readonly raises: { readonly sensitivity: Sensitivity } | { readonly consequence: Consequence };
};

/** Words that connect file types with pieces, so that an attachment finds its piece: `php` with "plugin". */
export type FileHint = { readonly types: readonly string[]; readonly words: readonly string[] };

/** Words with which a request is taken apart. */
export type SplitWords = {
  /** Greetings, thanks and small talk: context, not work. */
  readonly context: readonly string[];
  /** Words with which a piece of work begins: "audit", "draft", "fix". */
  readonly verbs: readonly string[];
  readonly fileHints: readonly FileHint[];
};

/** All cues of a practice, read from `cues.yaml`. */
export type Cues = {
  readonly kinds: readonly KindCues[];
  readonly raising: readonly RaisingCue[];
  readonly split: SplitWords;
};
