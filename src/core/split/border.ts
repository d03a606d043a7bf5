import type { Doers } from './alike.ts';
import type { Clause, Joint } from './clauses.ts';
import type { Phrasing } from './phrasing.ts';

/** The likeliest kind of a stretch, who does it, and how likely it is, 0 to 1. */
export type Likeness = {
  readonly kind: string;
  readonly doer: string;
  readonly share: number;
  /** Whether it is work, though perhaps a person's or nobody's here, and no talk. */
  readonly isWork: boolean;
  /** Whether a persona does it. */
  readonly isOurs: boolean;
  /** The same for the likeliest few, by who does it. */
  readonly doers: Doers;
};

/** A stretch of a request, how it is put, and which kind of work it reads like by itself. */
export type Stretch = Phrasing &
  Clause & {
    /** The words of its text. */
    readonly words: readonly string[];
    readonly likely: Likeness;
    /** What the verb is about, where it stands only behind the next one: "proofread" of "proofread and translate it". */
    readonly shared?: string | undefined;
  };

/** Where a piece may begin: the work so far, what stands right before, and what comes. */
export type Border = {
  /** What was asked for last, else what reads like work. */
  readonly left: Stretch;
  /** All of the piece so far; at least one. */
  readonly piece: readonly Stretch[];
  readonly right: Stretch;
  /** What comes, up to the end of its sentence; the first of it is `right`. */
  readonly rest: readonly Stretch[];
  /** What comes after `right`, in its sentence or not. */
  readonly next?: Stretch | undefined;
  /** Whether the work so far was asked for, and not only told of. */
  readonly isAsked: boolean;
  /** Whether the stretch right before began a piece as well, in the same sentence. */
  readonly isBeside: boolean;
  /** Whether the request says that it is several: "two things". */
  readonly isAnnounced: boolean;
};

/** What stands right before. */
export const beforeOf = ({ piece, left }: Pick<Border, 'piece' | 'left'>): Stretch =>
  piece.at(-1) ?? left;

/** A comma, "and" or a dash ties more than it parts. */
export const isWeak = ({ joint }: { readonly joint: Joint }): boolean =>
  joint === 'and' || joint === 'comma' || joint === 'dash';
