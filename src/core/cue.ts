import type { Consequence, Opposed, Sensitivity } from './facts.ts';
import type { Mark } from './private-marks.ts';

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

/** One sign of what raises a task. All of its parts must be met, and nothing of `unless`. */
export type Sign = {
  /** Alternatives, and further groups of them: one of each group. No group at all is met. */
  readonly words: readonly (readonly string[])[];
  readonly unless: readonly string[];
  /** Types of which one file at least must be attached; none when empty. */
  readonly attached: readonly string[];
  /** Marks of which `least` different ones must be there; none when empty. */
  readonly marks: readonly Mark[];
  readonly least: number;
  /** Where the marks are looked for: in the words of the request, or in one file, of the types in `attached` if any. */
  readonly where: 'words' | 'files';
  /** Words that must have been brought along in the request. */
  readonly pasted: number;
};

/** Signs that raise sensitivity or consequence, or that say that demands exclude each other; nothing can lower them. */
export type RaisingCue = {
  readonly id: string;
  readonly signs: readonly Sign[];
  readonly raises:
    | { readonly sensitivity: Sensitivity }
    | { readonly consequence: Consequence }
    | { readonly suspected: Sensitivity }
    | { readonly opposed: Opposed };
};

/** Words that connect file types with pieces, so that an attachment finds its piece: `php` with "plugin". */
export type FileHint = { readonly types: readonly string[]; readonly words: readonly string[] };

/** Words with which a request is taken apart. */
export type SplitWords = {
  /** Greetings, thanks and small talk: context, not work. */
  readonly context: readonly string[];
  /** Words with which a piece of work begins: "audit", "draft", "fix". */
  readonly verbs: readonly string[];
  /** Verbs with which work is ordered, in the form an order has: "audit", "put", "find". */
  readonly orders: readonly string[];
  readonly fileHints: readonly FileHint[];
};

/** All cues of a practice, read from `cues.yaml`. */
export type Cues = {
  readonly kinds: readonly KindCues[];
  readonly raising: readonly RaisingCue[];
  /** Words that speak of something brought along: "attached", "in the list". */
  readonly promises: readonly string[];
  readonly split: SplitWords;
};
