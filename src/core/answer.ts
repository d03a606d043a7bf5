import type { Check } from './checks.ts';

/** One file of an answer: a name by the naming rules of drafts, and its text. */
export type AnswerFile = { readonly name: string; readonly text: string };

/** What every persona gives back on every lane. Flat and small on purpose, so that small models can keep to it. */
export type Answer = {
  /** Whether the work is this persona's at all; anything but `mine` is a decline. */
  readonly fit: 'mine' | 'not_mine' | 'unclear';
  /** Id of the colleague it belongs to, `human`, or null. */
  readonly belongs_to: string | null;
  readonly deliverable_files: readonly AnswerFile[];
  readonly questions: readonly string[];
  readonly assumptions: readonly string[];
  /** Of a reviewer alone: what it says to each question of its checklist. */
  readonly checks?: readonly Check[];
  /** The model's own confidence 0 to 100: kept as data, never shown as a promise. */
  readonly confidence: number;
  /** Its estimate of the minutes a person would have needed; a cross-check beside the owner's table. */
  readonly minutes_by_hand: number;
  /** One sentence for the disclosure, or an empty text. */
  readonly disclosure_note: string;
};
