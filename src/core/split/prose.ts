import { apart, mixed } from './apart.ts';
import type { Stretch } from './border.ts';
import { clausesOf } from './clauses.ts';
import { withShared } from './shared-object.ts';
import { between, stretchesOf, withTalk } from './stretches.ts';
import type { SplitBy } from './stretches.ts';

/** A piece of prose, in the words it was written in. */
export type ProsePiece = {
  readonly text: string;
  /** Whether it waits for the piece before it, or that one for it. */
  readonly waits?: 'after' | 'before';
};

/** Prose in pieces. `unsure` says, for a person, where a second piece may or may not begin. */
export type Prose = {
  readonly pieces: readonly ProsePiece[];
  readonly talk: readonly string[];
  readonly unsure?: string;
};

/** Takes prose apart: every stretch opens a piece, belongs to the piece before it, or is talk. */
export function piecesOf(text: string, by: SplitBy): Prose {
  const { stretches, talk, isAnnounced } = stretchesIn(text, by);
  if (stretches.length === 0 && talk.length === 0)
    return { pieces: text.trim() === '' ? [] : [{ text: text.trim() }], talk: [] };
  const { pieces, doubts } = apart(stretches, isAnnounced);
  const [unsure] = [...doubts, ...pieces.flatMap(mixed)];
  return {
    pieces: pieces.map(pieceOf),
    talk: talk.map((one) => one.text),
    ...(unsure === undefined ? {} : { unsure }),
  };
}

/** The stretches of a request. */
export type Stretches = {
  /** Those between which a piece may end; none in what is too long for a request in so many words. */
  readonly stretches: readonly Stretch[];
  readonly talk: readonly Stretch[];
  /** Whether it says itself that it is several. */
  readonly isAnnounced: boolean;
};

export function stretchesIn(text: string, by: SplitBy): Stretches {
  const clauses = text.length > LONGEST ? [] : clausesOf(text);
  const all = clauses.length > MOST ? [] : withTalk(stretchesOf(clauses, by));
  return {
    stretches: all.filter(({ form }) => form !== 'talk'),
    talk: all.filter(({ form }) => form === 'talk'),
    isAnnounced: ANNOUNCES.test(text),
  };
}

function pieceOf(stretches: readonly Stretch[]): ProsePiece {
  const markers = stretches.map(({ marker }) => marker);
  // What its last verb shares with the next one stands in the piece behind it, and is said here as well.
  const text = withShared(joined(stretches), stretches.at(-1)?.shared);
  if (markers.includes('before')) return { text, waits: 'before' };
  const { joint } = stretches[0] ?? {};
  const isAfter = markers.includes('after') || joint === 'next' || joint === 'arrow';
  return isAfter ? { text, waits: 'after' } : { text };
}

/** A text of more clauses is brought along, and no request in so many words. */
const MOST = 150;
const LONGEST = 8_000;

function joined(stretches: readonly Stretch[]): string {
  return stretches
    .map(({ text, joint }, i) => (i === 0 ? text : `${between(joint)}${text}`))
    .join('');
}

/** "Two things", "a few small jobs": the request says itself that it is several. */
const ANNOUNCES =
  /\b(?:two|three|four|five|six|several|(?:a )?few|(?:a )?couple(?: of)?|some|[2-6]|following|quick|small|both|these|this week's|separate)(?: \w+){0,2} (?:things|tasks|jobs|requests|favou?rs|asks|pieces|to-?dos|ones|errands|bits|stuff|points)\b/i;
