import { listIn } from './list.ts';
import type { ListParts } from './list.ts';
import type { Likeness } from './border.ts';
import { isOrdered } from './form.ts';
import { filesFor } from './piece-files.ts';
import type { ProsePiece } from './prose.ts';
import { piecesOf } from './prose.ts';
import { phrasingOf } from './phrasing.ts';
import { likelyOf } from './stretches.ts';
import type { SplitBy } from './stretches.ts';
import { isTalk } from './talk.ts';
import { hideMaterial } from './words.ts';

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
  readonly by: 'SPLIT-ONE' | 'SPLIT-LIST' | 'SPLIT-PROSE';
  /** Set when the split would be a guess: then it is one piece, and AIOS asks. The reason is for a person. */
  readonly unsure?: string;
};

/** More than this was hardly meant as so many tasks. */
const MOST_PIECES = 20;

type Part = ProsePiece;
type Parts = Pick<Split, 'by' | 'context' | 'unsure'> & { readonly parts: readonly Part[] };

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
function orderOf(parts: readonly Part[], i: number): { after?: number } {
  if (parts[i + 1]?.waits === 'before') return { after: i + 1 };
  return parts[i]?.waits === 'after' && i > 0 ? { after: i - 1 } : {};
}

function tooMany(text: string, found: Parts): Parts {
  const unsure = `it would be ${found.parts.length} tasks at once, more than ${MOST_PIECES}`;
  return { ...one(text), unsure };
}

const one = (text: string): Parts => ({
  parts: [{ text: text.trim() }],
  context: [],
  by: 'SPLIT-ONE',
});

function byProse(text: string, by: SplitBy): Parts {
  const { pieces, talk, unsure } = piecesOf(text, by);
  if (unsure !== undefined)
    return { ...one(text), unsure: `“${unsure}” may be a second task or belong to the first` };
  if (pieces.length > 1) return { parts: pieces, context: talk, by: 'SPLIT-PROSE' };
  const [whole] = pieces;
  if (whole === undefined || talk.length === 0) return one(text);
  return { ...one(whole.text), context: talk };
}

/** The least a point of a list must read like work of some kind. */
const LIKE_WORK = 0.3;
const SURE_WORK = 0.5;
const FAINT_WORK = 0.12;
/** The least the line before a list must read like work for its points to be what that work is about. */
const LIKE_SUBJECT = 0.4;
const SURE_SUBJECT = 0.7;
const FAINT_SUBJECT = 0.2;
/** "For Acme:", "three things for the shop:" lead to tasks and ask for none. */
const LEADS_TO_LIST =
  /^(?:(?:from|for|at|on) .{0,60}|(?:\w+ )?(?:things?|jobs?|tasks?|bits|points|items|to-?dos?)\b.{0,60}|(?:here (?:is|are)|here's|my|the|our|today's|this week's) (?:list|to-?do).{0,40}|(?:the )?following):?$/i;

function byList(text: string, list: ListParts, by: SplitBy): Parts {
  const items = list.items.map((item) => ({ item, ...workIn(item, by) }));
  const working = items.filter(({ isWork }) => isWork).length;
  const orders = items.filter(({ isOrder }) => isOrder).length;
  if (working === 0 || isSteps(list, by)) return one(text);
  const kinds = new Set(items.map(({ likely }) => likely.kind));
  if (isSubject(list.before, by, orders * 2 < items.length)) {
    if (orders < items.length || kinds.size === 1) return one(text);
    const unsure = 'the list may be tasks, or the thing the first line asks to work on';
    return { ...one(text), unsure };
  }
  const isBare = items.some(({ isWork, likely }) => !isWork && likely.share < FAINT_WORK);
  if (isBare || working * 2 < items.length)
    return { ...one(text), unsure: 'some points of the list are plainly work and some are not' };
  const before = piecesOf(list.before, by);
  const after = aroundList(list.after, by);
  return {
    parts: [...list.items.map((item) => itemOf(item, by)), ...after.work],
    context: [...before.talk, ...before.pieces.map((piece) => piece.text), ...after.context],
    by: 'SPLIT-LIST',
  };
}

/** "1. open the cart 2. press update - the sum is wrong, why?": how it came to what is asked below the list. */
function isSteps({ items, after }: ListParts, by: SplitBy): boolean {
  const lines = items.map((item) => item.split('\n'));
  const below = [...(lines.at(-1) ?? []).slice(1), after].join('\n');
  if (below.trim() === '' || lines.some(([first = '']) => likelyOf(first, by).share >= SURE_WORK))
    return false;
  return piecesOf(below, by).pieces.some(({ text }) => {
    const { form } = phrasingOf(text, by.cues.split);
    return form !== 'remark' && likelyOf(text, by).share >= SURE_WORK;
  });
}

function itemOf(item: string, by: SplitBy): Part {
  const { waits } = piecesOf(item, by).pieces[0] ?? {};
  return waits === undefined ? { text: item } : { text: item, waits };
}

function workIn(item: string, by: SplitBy) {
  const { form } = phrasingOf(item, by.cues.split);
  const likely: Likeness = likelyOf(item, by);
  const isOrder = isOrdered(form);
  const isPart = /^(?:how|why|what|when|where|who|that)\b(?!.*\?)/i.test(item);
  const least = form === 'statement' ? SURE_WORK : LIKE_WORK;
  return { likely, isOrder, isWork: !isPart && (isOrder || likely.share >= least) };
}

/**
 * Whether what stands before a list asks for work by itself, so that the list is what that work is about; `likely` when the
 * points do not look like tasks.
 */
function isSubject(before: string, by: SplitBy, likely: boolean): boolean {
  return piecesOf(before, by).pieces.some(({ text }) => {
    const { form, rest } = phrasingOf(text, by.cues.split);
    const { share, isWork } = likelyOf(text, by);
    const asks = isOrdered(form) || form === 'thing' || form === 'question';
    if (!isWork || rest.length < 4 || LEADS_TO_LIST.test(rest)) return false;
    if (!asks) return share >= SURE_SUBJECT;
    return share >= (likely && form === 'order' ? FAINT_SUBJECT : LIKE_SUBJECT);
  });
}

/** Text around a list is context, but for sentences that plainly ask for work of their own. */
function aroundList(text: string, by: SplitBy): { work: Part[]; context: string[] } {
  const { pieces, talk } = piecesOf(text, by);
  const isWork = (piece: Part): boolean => {
    const { form } = phrasingOf(piece.text, by.cues.split);
    return isOrdered(form) && likelyOf(piece.text, by).share >= LIKE_WORK;
  };
  return {
    work: pieces.filter(isWork),
    context: [...pieces.filter((piece) => !isWork(piece)).map((piece) => piece.text), ...talk],
  };
}
