import type { Clause, Joint } from './clauses.ts';
import type { Form, Phrasing } from './phrasing.ts';
import { ADDS } from './phrasing.ts';
import { tokens } from './words.ts';

/** The likeliest kind of a stretch, who does it, and how likely it is, 0 to 1. */
export type Likeness = {
  readonly kind: string;
  readonly doer: string;
  readonly share: number;
  /** Whether it is work, though perhaps a person's or nobody's here, and no talk. */
  readonly isWork: boolean;
  /** Whether a persona does it. */
  readonly isOurs: boolean;
};

/** A stretch of a request, how it is put, and which kind of work it reads like by itself. */
export type Stretch = Phrasing & Clause & { readonly likely: Likeness };

/** Where a piece may begin: the work so far, what stands right before, and what comes. */
export type Border = {
  readonly left: Stretch;
  readonly before: Stretch;
  readonly right: Stretch;
  /** Whether the work so far was asked for, and not only told of. */
  readonly isAsked: boolean;
};

/**
 * How much each sign speaks for a new piece; a sum above `CUT` begins one. Fitted to labelled requests by logistic
 * regression, 20 points to the unit, but for the last four and the sure order, which the language gives and the requests seldom show.
 */
const POINTS = {
  always: 3,
  joint: {
    start: 0,
    paragraph: 0,
    sentence: -17,
    semicolon: 1,
    next: 13,
    plus: 21,
    and: 1,
    comma: -24,
    dash: -4,
  },
  form: {
    order: 16,
    ask: 2,
    question: 1,
    thing: 3,
    statement: -17,
    remark: -17,
    lead: 4,
    talk: 0,
  },
  weak: {
    order: 9,
    ask: -7,
    question: 0,
    thing: -15,
    statement: -11,
    remark: -6,
    lead: 4,
    talk: 0,
  },
  marker: { after: 11, before: 15, also: 17, none: -42 },
  /** Other kinds count from `least` to `most`, by how sure the second is. */
  kinds: { least: -20, most: 23, faint: -17, same: -3, sameDoer: 11 },
  noWork: -15,
  sureBefore: 11,
  newThing: 8,
  markedThing: 4,
  /** An order of plainly other work, however short: "harden the plugin". */
  sureOrder: 45,
  short: -25,
  long: 28,
  goesOn: 19,
  plain: -16,
  markedPlain: 7,
  stepBefore: -3,
  onlyTold: -5,
  onlyToldUnmarked: -5,
  otherFile: 15,
  pointsBack: -20,
  adds: -20,
  governed: -70,
  afterHow: -100,
} as const;

/** At so many points a new piece begins; a little below it might. */
export const CUT = 0;
export const DOUBT = -5;

/** After "how to" verbs go together; after "that we" and "whether they" they may. */
const HOW = /\b(?:how|where|what|when)(?: \w+)? to\b|\bto \w+$/i;
const GOVERNS =
  /\b(?:that|whether|which|why|who|how|if|what|when|where) (?:we|you|they|i|people)\b/i;
/** A thing that was not spoken of before: what is new is asked for, what is known is spoken about. */
const NEW = /^(?:a|an|one|two|three|four|five|six|\d+|some|another|new|small|short|quick)\b/i;
const FILE = /\b[\w-]+\.[a-z]{2,5}\b/gi;
const FAINT = 0.2;
const SURE = 0.7;
const SHORT = 4;
const LONG = 8;
/** "Open the page" is a step of what follows, unless it reads like work by itself. */
const STEP = 0.5;

/** A comma, "and" or a dash ties more than it parts. */
export const isWeak = ({ joint }: { readonly joint: Joint }): boolean =>
  joint === 'and' || joint === 'comma' || joint === 'dash';

/** How much speaks for a new piece at a border; reasons are summed up from the table. */
export function pointsAt(border: Border): number {
  return POINTS.always + howPut(border) + whichKinds(border) + whatSaid(border);
}

function howPut({ right, isAsked }: Border): number {
  const { joint, marker = 'none' } = right;
  const as = formAt(right);
  const weak = isWeak(right) ? POINTS.weak[as] : 0;
  const told = isAsked ? 0 : POINTS.onlyTold + (marker === 'none' ? POINTS.onlyToldUnmarked : 0);
  return POINTS.joint[joint] + POINTS.marker[marker] + POINTS.form[as] + weak + told;
}

/** Behind a marker, "then" or "plus" a bare noun is asked for, and no remark. */
function formAt(right: Stretch): Form {
  const isListed = isMarked(right) || right.joint === 'semicolon';
  return right.form === 'remark' && isListed ? 'thing' : right.form;
}

function isMarked({ marker, joint }: Pick<Stretch, 'marker' | 'joint'>): boolean {
  return marker !== undefined || joint === 'next' || joint === 'plus';
}

function whichKinds({ left, right }: Border): number {
  let points = kindsAt(left.likely, right.likely);
  if (!right.likely.isWork) points += POINTS.noWork;
  if (left.likely.share >= 0.7) points += POINTS.sureBefore;
  if (left.isPlain && left.likely.share < STEP) points += POINTS.stepBefore;
  return points;
}

/** Two kinds speak for two pieces, the more the surer the second is; one kind speaks for one. */
function kindsAt(left: Likeness, right: Likeness): number {
  const { faint, same, sameDoer, least, most } = POINTS.kinds;
  if (right.share < FAINT) return faint;
  if (left.kind === right.kind) return same;
  if (left.doer === right.doer) return sameDoer;
  const sure = Math.min(1, Math.max(0, (right.share - FAINT) / (SURE - FAINT)));
  return Math.round(least + sure * (most - least));
}

type Sign = readonly [holds: boolean, points: number];

const sumOf = (signs: readonly Sign[]): number =>
  signs.reduce((sum, [holds, points]) => (holds ? sum + points : sum), 0);

function whatSaid({ left, before, right }: Border): number {
  const isThing = formAt(right) === 'thing';
  const marked = isMarked(right);
  const other = ordersOther(left, right);
  const own = sumOf([
    [isThing && NEW.test(right.rest), POINTS.newThing],
    [isThing && right.marker !== undefined, POINTS.markedThing],
    [right.form === 'order' && ADDS.test(tokens(right.rest)[1] ?? ''), POINTS.adds],
    [tokens(right.text).length >= LONG, POINTS.long],
    [right.isPlain, marked ? POINTS.markedPlain : POINTS.plain],
    [right.pointsBack && !marked, POINTS.pointsBack],
  ]);
  const beside = sumOf([
    [other, POINTS.sureOrder],
    [right.goesOn, POINTS.goesOn],
    [namesOtherFile(left, right), POINTS.otherFile],
  ]);
  return own + beside + (isWeak(right) ? tiedTo(before, right, other) : 0);
}

/** What ties a stretch behind a comma, an "and" or a dash to the one before it. */
function tiedTo(before: Stretch, right: Stretch, other: boolean): number {
  return sumOf([
    [tokens(right.rest).length < SHORT && !other, POINTS.short],
    [GOVERNS.test(before.text), POINTS.governed],
    [HOW.test(before.text), POINTS.afterHow],
  ]);
}

/** Whether it orders, in a verb that says what, work that surely somebody else does. */
function ordersOther(left: Stretch, right: Stretch): boolean {
  if (right.form !== 'order' && right.form !== 'ask') return false;
  const { likely, isPlain, pointsBack } = right;
  if (ADDS.test(tokens(right.rest)[1] ?? '')) return false;
  return !isPlain && !pointsBack && likely.share >= SURE && likely.doer !== left.likely.doer;
}

/** Each names a file, and not the same one. */
function namesOtherFile(left: Stretch, right: Stretch): boolean {
  const [before, after] = [left.text.match(FILE), right.text.match(FILE)];
  return before !== null && after !== null && !after.some((name) => before.includes(name));
}
