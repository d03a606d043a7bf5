import type { Consequence, Facts } from './facts.ts';
import type { Judgement } from './judgement.ts';
import type { When } from './rule.ts';
import type { Gate } from './verdict.ts';

/** The exact programs a kind may name; the tool lane runs them, no model involved. */
export const KIND_PROGRAMS = ['format', 'audit-page', 'proofread', 'inventory'] as const;
export type KindProgram = (typeof KIND_PROGRAMS)[number];

/** What sort of thing a kind is: work for a persona, work only a person may do, nobody's work here, or plain talk. */
export const KIND_SORTS = ['work', 'human', 'nobody', 'talk'] as const;
export type KindSort = (typeof KIND_SORTS)[number];

/** What must be there before the work can start. */
export type Needs = {
  /** File types of which at least one file must be there; absent when none is needed. */
  readonly files?: readonly string[];
  /** Words of the request that serve instead of a file, because they say what is wanted. */
  readonly words?: number;
  /** Words brought along in the request that serve instead of a file, such as a pasted text. */
  readonly pasted?: number;
};

/** Another persona that does a kind of work where its facts say so. */
export type Second = { readonly persona: string; readonly when: When; readonly because: string };

/** A kind of work people can ask for. */
export type WorkKind = {
  readonly sort: 'work';
  readonly id: string;
  readonly title: string;
  /** Id of the persona that does it by default. */
  readonly persona: string;
  readonly second?: Second;
  readonly gate: Gate;
  readonly judgement: Judgement;
  /** The least consequence this kind has; cues and settings may raise it. */
  readonly consequence: Consequence;
  /** The exact program, for kinds the tool lane can do. */
  readonly program?: KindProgram;
  /** `type` is a file extension or `same` (as brought in); `name` a pattern with `{stem}`, `{ext}` or plain. */
  readonly deliverable: { readonly type: string; readonly name: string };
  readonly needs: Needs;
};

/** A kind that makes no task: only a person may do it, nobody here does it, or it is thanks and small talk. */
export type OtherKind = {
  readonly sort: 'human' | 'nobody' | 'talk';
  readonly id: string;
  readonly title: string;
  /** The sentence that answers it. */
  readonly answer: string;
};

export type Kind = WorkKind | OtherKind;

/** Minutes for a small, a medium and a large task. */
export type BySize = { readonly small: number; readonly medium: number; readonly large: number };
export type Size = keyof BySize;

/** A line of the owner's table: minutes by hand and minutes of review, with the basis they rest on. */
export type MinutesRow = {
  readonly kind: string;
  readonly byHand: BySize;
  readonly review: BySize;
  readonly basis: string;
  readonly since: string;
};

/** Where small ends and large begins; a task is as large as its larger measure. */
export type SizeLimits = {
  readonly small: { readonly words: number; readonly files: number };
  readonly medium: { readonly words: number; readonly files: number };
};

/** The size of a task by its words and files. */
export function sizeOf(limits: SizeLimits, words: number, files: number): Size {
  const within = (most: { words: number; files: number }): boolean =>
    words <= most.words && files <= most.files;
  if (within(limits.small)) return 'small';
  return within(limits.medium) ? 'medium' : 'large';
}

/** What a kind still misses before it can start: `files` (of the types it needs) or nothing. */
export function missing(
  kind: WorkKind,
  has: Pick<Facts, 'fileTypes' | 'words' | 'pasted' | 'follows'>,
): 'files' | undefined {
  const { files, words, pasted } = kind.needs;
  if (files === undefined || has.follows === 'piece') return undefined;
  if (has.fileTypes.some((type) => files.includes(type))) return undefined;
  if (words !== undefined && has.words >= words) return undefined;
  return pasted !== undefined && (has.pasted ?? 0) >= pasted ? undefined : 'files';
}
