import type { CloudAnswer, Consequence, Sensitivity, Sourced } from './facts.ts';

/** What settings of the client and the channel say, before any word is read. */
export type Given = {
  readonly sensitivity?: Sensitivity;
  readonly consequence?: Consequence;
  readonly cloud: CloudAnswer;
  /** Words inside the piece's text files, counted by whoever holds them; their content never steers. */
  readonly fileWords?: number;
  /** A kind a person picked with a button: stands above all words. */
  readonly kind?: string;
  /** How often the task was sent back so far; 0 when absent. */
  readonly rounds?: number;
};

/** A kind the words speak for. `because`: the cue words found. */
export type KindCandidate = {
  readonly kind: string;
  /** 0 to 100 */
  readonly score: number;
  readonly because: string;
};

/** The facts of a piece and the kinds that came into question, best first. */
export type Reading = { readonly facts: Sourced; readonly candidates: readonly KindCandidate[] };
