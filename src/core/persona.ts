import type { Lane } from './lane.ts';
import type { Gate } from './verdict.ts';

/** Who gets what a persona declines when no persona does: a person. */
export const HUMAN = 'human';

/** What a persona declines, and to whom it hands that. */
export type Decline = {
  readonly what: string;
  /** Id of a persona, or `human`. */
  readonly to: string;
  /** Ids of the kinds of work meant; may be empty when no kind of the practice covers it. */
  readonly kinds: readonly string[];
  readonly examples: readonly string[];
};

/** A specialist with one narrow role. */
export type Persona = {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly scope: string;
  /** Ids of the kinds it takes. */
  readonly accepts: readonly string[];
  readonly declines: readonly Decline[];
  readonly lane: Lane;
  readonly gate: Gate;
  readonly inputs: string;
  readonly deliverable: string;
  readonly version: number;
  /** The brief: at most 1,500 characters. */
  readonly brief: string;
  /** SHA-256 hex of the file's exact text: the revision pinned on every attempt. */
  readonly hash: string;
};

/** All personas of a practice and the preamble that reaches each of them once. */
export type Personas = {
  readonly byId: ReadonlyMap<string, Persona>;
  readonly preamble: string;
  /** The exact text of each file by its SHA-256 hex, to be kept for ever. */
  readonly texts: ReadonlyMap<string, string>;
};
