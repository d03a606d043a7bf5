import { listIn } from './list.ts';
import { byList } from './list-pieces.ts';
import { onePart } from './parts.ts';
import type { Parts, SplitRule } from './parts.ts';
import { filesFor } from './piece-files.ts';
import { piecesOf } from './prose.ts';
import type { ProsePiece } from './prose.ts';
import type { SplitBy } from './stretches.ts';
import { isTalk } from './talk.ts';
import { hideMaterial } from '../words.ts';

/** A piece of a request: its words as written and the names of the files it is about. */
export type Piece = {
  readonly text: string;
  readonly files: readonly string[];
  /** The place, from 0, of the piece whose result this one waits for; absent where it waits for none. */
  readonly after?: number;
};

/** A request in pieces. Every sentence of it stands in a piece or in `context`; only an object two verbs share is said twice. */
export type Split = {
  /** At least one, in the order they were asked for. */
  readonly pieces: readonly Piece[];
  /** What was not taken for work: greetings, thanks, remarks on the whole. Shown on the plan card. */
  readonly context: readonly string[];
  /** How the pieces were found; names the rule. */
  readonly by: SplitRule;
  /** Set when the split would be a guess: then it is one piece, and AIOS asks. The reason is for a person. */
  readonly unsure?: string;
};

/** More than this was hardly meant as so many tasks. */
const MOST_PIECES = 20;

/**
 * Takes a request apart: lists first, then prose, by how its stretches are put and by the kinds of work they read like.
 * `fileNames` go to their pieces (`piece-files.ts`). Material (fences, quotes) is never taken apart.
 */
export function split(text: string, fileNames: readonly string[], by: SplitBy): Split {
  const material = hideMaterial(text);
  const list = listIn(material.text, (words) => isTalk(words, by.cues.split));
  const found = list === undefined ? byProse(material.text, by) : byList(material.text, list, by);
  const { parts, context, ...how } =
    found.parts.length > MOST_PIECES ? tooMany(material.text, found) : found;
  const texts = parts.map((part) => material.show(part.text));
  const orders = parts.map((_, i) => orderOf(parts, i));
  const taking = texts.map((words, i) => ({
    text: words,
    follows: orders[i]?.after !== undefined,
  }));
  const files = filesFor(taking, fileNames, by);
  return {
    pieces: texts.map((words, i) => ({ text: words, files: files[i] ?? [], ...orders[i] })),
    context: context.map(material.show),
    ...how,
  };
}

/**
 * What the pieces of running prose say together: who told of something confidential in one sentence still speaks of it in
 * the next. The points of a list stand each for itself.
 */
export function saidTogether({ pieces, by }: Split): readonly string[] | undefined {
  return by === 'SPLIT-PROSE' ? pieces.map(({ text }) => text) : undefined;
}

/** A piece waits for the one before it, or for the next one where that comes first. */
function orderOf(parts: readonly ProsePiece[], i: number): { after?: number } {
  if (parts[i + 1]?.waits === 'before') return { after: i + 1 };
  return parts[i]?.waits === 'after' && i > 0 ? { after: i - 1 } : {};
}

function tooMany(text: string, found: Parts): Parts {
  const unsure = `it would be ${found.parts.length} tasks at once, more than ${MOST_PIECES}`;
  return { ...onePart(text), unsure };
}

function byProse(text: string, by: SplitBy): Parts {
  const { pieces, talk, unsure } = piecesOf(text, by);
  if (unsure !== undefined)
    return { ...onePart(text), unsure: `“${unsure}” may be a second task or belong to the first` };
  if (pieces.length > 1) return { parts: pieces, context: talk, by: 'SPLIT-PROSE' };
  const [whole] = pieces;
  if (whole === undefined || talk.length === 0) return onePart(text);
  return { ...onePart(whole.text), context: talk };
}
