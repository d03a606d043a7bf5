import type { Likeness } from './border.ts';
import { isOrdered, mayAsk } from './form.ts';
import type { ListParts } from './list.ts';
import { onePart } from './parts.ts';
import type { Parts } from './parts.ts';
import { phrasingOf } from './phrasing.ts';
import { piecesOf } from './prose.ts';
import type { ProsePiece } from './prose.ts';
import { likelyOf } from './stretches.ts';
import type { SplitBy } from './stretches.ts';

/** The least a point of a list must read like work of some kind. */
const LIKE_WORK = 0.3;
const SURE_WORK = 0.5;
const FAINT_WORK = 0.12;
/** A step of how it came about ("add a ticket") may read like work of some kind, though hardly so surely. */
const SURE_STEP = 0.8;
/** The least the line before a list must read like work for its points to be what that work is about. */
const LIKE_SUBJECT = 0.4;
const SURE_SUBJECT = 0.7;
const FAINT_SUBJECT = 0.2;
/** "For Acme:", "three things for the shop:", "Scope", "to do:" lead to tasks and ask for none. */
const LEADS_TO_LIST =
  /^(?:(?:from|for|at|on|after|before|about) .{0,60}|(?:\w+ )?(?:things?|jobs?|tasks?|bits|points|items|wishes|questions|to-?dos?)\b.{0,60}|(?:here (?:is|are)|here's|my|the|our|today's|this week's) (?:list|to-?do).{0,40}|(?:the )?following|(?:project )?scope\b.{0,60}|deliverables?\b.{0,40}|everything (?:for|on) .{0,60})(?: \([^)]*\))?:?$/i;
/** "Launch list:", "the site, to do:" stand above tasks. */
const HEADING = /\b(?:list|to-?do|checklist)\b.{0,30}:?$/i;
/** "Dump of the table attached (real people)." says what is there to work on. */
const BRINGS = /\b(?:attached|enclosed|below)(?: too)?(?: \([^)]*\))?[.!]?$/i;

/** A request with a list in it: its points are the pieces, unless they are what one piece is about. */
export function byList(text: string, list: ListParts, by: SplitBy): Parts {
  const items = list.items.map((item) => ({ item, ...workIn(item, by) }));
  const working = items.filter(({ isWork }) => isWork).length;
  const orders = items.filter(({ isOrder }) => isOrder).length;
  if (working === 0 || isSteps(list, by)) return onePart(text);
  if (isSubject(list.before, by, orders * 2 < items.length)) {
    if (!readLikeTasks(items)) return onePart(text);
    const unsure = 'the list may be tasks, or the thing the first line asks to work on';
    return { ...onePart(text), unsure };
  }
  const isBare = items.some(({ isWork, likely }) => !isWork && likely.share < FAINT_WORK);
  if (isBare || working * 2 < items.length)
    return {
      ...onePart(text),
      unsure: 'some points of the list are plainly work and some are not',
    };
  const before = piecesOf(list.before, by);
  const after = aroundList(list.after, by);
  return {
    parts: [...list.items.map((item) => itemOf(item, by)), ...after.work],
    context: [...before.talk, ...before.pieces.map((piece) => piece.text), ...after.context],
    by: 'SPLIT-LIST',
  };
}

type Point = ReturnType<typeof workIn>;

/** Whether each point is work, in so many words or surely, and not all of them the same. */
function readLikeTasks(points: readonly Point[]): boolean {
  const isTask = ({ isOrder, isWork, likely }: Point): boolean =>
    isOrder || (isWork && likely.share >= SURE_WORK);
  return points.every(isTask) && new Set(points.map(({ likely }) => likely.doer)).size > 1;
}

/** "1. open the cart 2. press update - the sum is wrong, why?": how it came to what is asked below the list. */
function isSteps({ items, after }: ListParts, by: SplitBy): boolean {
  const lines = items.map((item) => item.split('\n'));
  const below = [...(lines.at(-1) ?? []).slice(1), after].join('\n');
  if (below.trim() === '' || lines.some(([first = '']) => likelyOf(first, by).share >= SURE_STEP))
    return false;
  return piecesOf(below, by).pieces.some(({ text }) => {
    const { form } = phrasingOf(text, by.cues.split);
    return form !== 'remark' && likelyOf(text, by).share >= SURE_WORK;
  });
}

function itemOf(item: string, by: SplitBy): ProsePiece {
  const { waits } = piecesOf(item, by).pieces[0] ?? {};
  return waits === undefined ? { text: item } : { text: item, waits };
}

function workIn(item: string, by: SplitBy) {
  const { form } = phrasingOf(item, by.cues.split);
  const likely: Likeness = likelyOf(item, by);
  const isOrder = isOrdered(form);
  const isPart =
    likely.share < SURE_WORK && /^(?:how|why|what|when|where|who|that)\b(?!.*\?)/i.test(item);
  const least = form === 'statement' ? SURE_WORK : LIKE_WORK;
  return { likely, isOrder, isWork: !isPart && (isOrder || likely.share >= least) };
}

/**
 * Whether what stands before a list asks for work by itself, so that the list is what that work is about; `likely` when the
 * points do not look like tasks.
 */
function isSubject(before: string, by: SplitBy, likely: boolean): boolean {
  if (isHeading(before, by)) return false;
  return piecesOf(before, by).pieces.some(({ text }) => takesList(text, by, likely));
}

/** Shorter ones say nothing. */
const SHORTEST = 4;

/** Whether a sentence asks for work that a list behind it would be the matter of. */
function takesList(text: string, by: SplitBy, likely: boolean): boolean {
  const { form, rest } = phrasingOf(text, by.cues.split);
  const { share, isWork, isOurs } = likelyOf(text, by);
  if (!isWork || rest.length < SHORTEST || LEADS_TO_LIST.test(rest)) return false;
  if (!isOrdered(form) && BRINGS.test(rest)) return false;
  if (mayAsk(form)) return share >= (likely && form === 'order' ? FAINT_SUBJECT : LIKE_SUBJECT);
  return isOurs && share >= SURE_SUBJECT;
}

/** Whether the line right above a list only heads it. */
function isHeading(before: string, by: SplitBy): boolean {
  const line = before.split('\n').at(-1)?.trim() ?? '';
  const { form, rest } = phrasingOf(line, by.cues.split);
  return !isOrdered(form) && (LEADS_TO_LIST.test(rest) || HEADING.test(rest));
}

/** Text around a list is context, but for sentences that plainly ask for work of their own. */
function aroundList(text: string, by: SplitBy): { work: ProsePiece[]; context: string[] } {
  const { pieces, talk } = piecesOf(text, by);
  const isWork = (piece: ProsePiece): boolean => {
    const { form } = phrasingOf(piece.text, by.cues.split);
    return isOrdered(form) && likelyOf(piece.text, by).share >= LIKE_WORK;
  };
  return {
    work: pieces.filter(isWork),
    context: [...pieces.filter((piece) => !isWork(piece)).map((piece) => piece.text), ...talk],
  };
}
