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

/** All cues of a practice, read from `cues.yaml`. */
export type Cues = {
  readonly kinds: readonly KindCues[];
  readonly raising: readonly RaisingCue[];
  /** Greetings, thanks and remarks that are context and not work. */
  readonly context: readonly string[];
  /** Words with which a piece of work begins, for splitting: "audit", "draft", "fix". */
  readonly verbs: readonly string[];
};
