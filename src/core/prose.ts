import type { Classifier } from './classifier.ts';
import type { Clause, Joint } from './clauses.ts';
import { clausesOf } from './clauses.ts';
import type { SplitWords } from './cue.ts';
import { UNCLEAR } from './facts.ts';
import type { Kind } from './kind.ts';
import type { Form, Phrasing } from './phrasing.ts';
import { ADDS, phrasingOf } from './phrasing.ts';
import { holdsMaterial, tokens } from './words.ts';

/** What prose is taken apart with: parts of a `RuleSet`. */
export type SplitBy = {
  readonly cues: { readonly split: SplitWords };
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly classify: Classifier;
};

/** A stretch of a request, how it is put, and which kind of work it reads like by itself. */
export type Stretch = Phrasing & {
  readonly text: string;
  readonly joint: Joint;
  readonly likely: Likeness;
};

/** The likeliest kind of a stretch, who does it, and how likely it is, 0 to 1. */
export type Likeness = {
  readonly kind: string;
  readonly doer: string;
  readonly share: number;
  /** Whether it is work for a persona, and no talk and nobody's. */
  readonly isWork: boolean;
};

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
  const stretches = withTalk(stretchesOf(text, by));
  const rest = stretches.filter(({ form }) => form !== 'talk');
  const pieces: Stretch[][] = [];
  const doubts: string[] = [];
  for (const stretch of rest) {
    const last = pieces.at(-1);
    const verdict = last === undefined ? 'cut' : judge(last, stretch);
    if (verdict === 'unsure') doubts.push(stretch.text);
    if (verdict === 'cut') pieces.push([stretch]);
    else last?.push(stretch);
  }
  const [unsure] = doubts;
  return {
    pieces: pieces.map(pieceOf),
    talk: stretches.filter(({ form }) => form === 'talk').map((one) => one.text),
    ...(unsure === undefined ? {} : { unsure }),
  };
}

function pieceOf(stretches: readonly Stretch[]): ProsePiece {
  const markers = stretches.map(({ marker }) => marker);
  const text = joined(stretches);
  if (markers.includes('before')) return { text, waits: 'before' };
  const isAfter = markers.includes('after') || stretches[0]?.joint === 'then';
  return isAfter ? { text, waits: 'after' } : { text };
}

const SIGNATURE = 3;

/** What is said along with thanks in one sentence is talk as well, and so is the name below it. */
function withTalk(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [i, stretch] of stretches.entries()) {
    const { form, joint, likely } = stretch;
    const isAside = (form === 'statement' || form === 'remark') && !holdsMaterial(stretch.text);
    const inPassing = isAside && (joint === 'comma' || joint === 'and' || joint === 'dash');
    const isName = i === stretches.length - 1 && tokens(stretch.text).length <= SIGNATURE;
    const isTalk = found.at(-1)?.form === 'talk' && likely.share < LIKELY;
    found.push(
      isTalk && (inPassing || (isAside && isName)) ? { ...stretch, form: 'talk' } : stretch,
    );
  }
  return found;
}

const WORKS: Readonly<Record<Form, boolean>> = {
  order: true,
  ask: true,
  question: true,
  thing: true,
  statement: false,
  remark: false,
  lead: false,
  talk: false,
};

/** Clauses with how they are put; "once that is done" goes with the clause it leads to. */
function stretchesOf(text: string, by: SplitBy): Stretch[] {
  const found: Stretch[] = [];
  let lead: Clause | undefined;
  for (const clause of clausesOf(text)) {
    const whole =
      lead === undefined
        ? clause
        : { text: `${lead.text}${between(clause.joint)}${clause.text}`, joint: lead.joint };
    const phrasing = phrasingOf(whole.text, by.cues.split);
    lead = undefined;
    const leads = !isWeak(whole) || phrasing.marker !== undefined;
    if (phrasing.form === 'lead' && leads) lead = whole;
    else found.push(stretchOf(whole, phrasing, by));
  }
  if (lead === undefined) return found;
  return [...found, stretchOf(lead, phrasingOf(lead.text, by.cues.split), by)];
}

/** What reads like small talk and orders nothing is talk, though no phrase of the list opens it. */
function stretchOf(clause: Clause, phrasing: Phrasing, by: SplitBy): Stretch {
  const likely = likelyOf(clause.text, by);
  const isAside = phrasing.form === 'remark' || phrasing.form === 'statement';
  const isTalk =
    isAside && likely.share >= SMALL_TALK && by.kinds.get(likely.kind)?.sort === 'talk';
  return { ...clause, ...phrasing, likely, ...(isTalk ? { form: 'talk' } : {}) };
}
const SMALL_TALK = 0.7;

const BETWEEN: Readonly<Record<Joint, string>> = {
  start: ' ',
  paragraph: '\n\n',
  sentence: ' ',
  semicolon: '; ',
  then: ' then ',
  plus: ' plus ',
  and: ' and ',
  comma: ', ',
  dash: ' - ',
};
const between = (joint: Joint): string => BETWEEN[joint];

function joined(stretches: readonly Stretch[]): string {
  return stretches
    .map(({ text, joint }, i) => (i === 0 ? text : `${between(joint)}${text}`))
    .join('');
}

export function likelyOf(text: string, { classify, kinds }: SplitBy): Likeness {
  const best = classify(text, 3).find(({ kind }) => kind !== UNCLEAR);
  if (best === undefined) return { kind: UNCLEAR, doer: UNCLEAR, share: 0, isWork: false };
  const kind = kinds.get(best.kind);
  return {
    kind: best.kind,
    doer: kind?.sort === 'work' ? kind.persona : best.kind,
    share: best.share,
    isWork: kind?.sort === 'work',
  };
}

/** How much each sign speaks for a new piece. A joint alone never does. */
const POINTS = {
  joint: {
    start: 0,
    paragraph: 25,
    sentence: 20,
    semicolon: 30,
    then: 45,
    plus: 45,
    and: 10,
    comma: 0,
    dash: 0,
  },
  form: {
    order: 40,
    ask: 40,
    question: 25,
    thing: 5,
    statement: -30,
    remark: -40,
    lead: -60,
    talk: 0,
  },
  marker: { after: 40, before: 60, also: 35, none: 0 },
} as const satisfies {
  joint: Record<Joint, number>;
  form: Record<Form, number>;
  marker: Record<string, number>;
};
const CUT = 60;
const DOUBT = 50;

/** After "how to" verbs go together; after "that we" and "whether they" they may. */
const HOW = /\b(?:how|where|what|when)(?: \w+)? to\b|\bto \w+$/i;
const GOVERNS =
  /\b(?:that|whether|which|why|who|how|if|what|when|where) (?:we|you|they|i|people)\b/i;
/** Behind a mere "and" or comma so few words rather add to what stands before. */
const FEW = 4;
/** A thing that was not spoken of before: what is new is asked for, what is known is spoken about. */
const NEW = /^(?:a|an|one|two|three|four|five|six|\d+|some|another|new|small|short|quick)\b/i;

function judge(piece: readonly Stretch[], right: Stretch): 'cut' | 'stay' | 'unsure' {
  const asked = piece.filter(({ form, likely }) => asks(form, likely)).at(-1);
  const left = asked ?? piece.filter(({ likely }) => likely.share >= LIKELY).at(-1);
  // Before the first piece of work there is only what leads to it.
  if (left === undefined || tokens(left.rest).length < 2) return 'stay';
  let points = pointsOf(left, right) + governed(piece.at(-1), right);
  // What is wrong somewhere, and then what to do about it.
  if (asked === undefined && right.marker === undefined) points -= 45;
  if (points >= CUT) return 'cut';
  return points >= DOUBT ? 'unsure' : 'stay';
}

/** A noun that names its work ("minutes", "case study") asks for it as plainly as an order. */
function asks(form: Form, { share }: Likeness): boolean {
  return WORKS[form] || (form === 'remark' && share >= SURE);
}

const isWeak = ({ joint }: Clause): boolean =>
  joint === 'and' || joint === 'comma' || joint === 'dash';

function pointsOf(left: Stretch, right: Stretch): number {
  const { joint, form, marker = 'none' } = right;
  const isMarked = marker !== 'none' || joint === 'then' || joint === 'plus';
  const isThing = form === 'thing' || (form === 'remark' && (isMarked || joint === 'semicolon'));
  const isNew = NEW.test(right.rest);
  const signs: readonly (readonly [holds: boolean, points: number])[] = [
    [true, POINTS.joint[joint] + POINTS.marker[marker]],
    [true, POINTS.form[isThing ? 'thing' : form]],
    [true, byKind(left.likely, right.likely)],
    [right.goesOn, 15],
    [isThing && marker !== 'none', 25],
    [isThing && joint === 'then' && !isNew, -15],
    [isThing && isWeak(right), isNew ? -10 : -30],
    [form === 'question' && isWeak(right), -15],
    [isWeak(right) && marker === 'none' && tokens(right.rest).length < FEW, -25],
    [!isMarked && form === 'order' && ADDS.test(tokens(right.rest)[1] ?? ''), -40],
    [!isMarked && right.pointsBack, -40],
    [!isMarked && right.isPlain, -25],
    [!isMarked && left.isPlain && left.likely.share < PLAIN_WORK, -30],
    [namesOtherFile(left, right), 25],
  ];
  return signs.reduce((sum, [holds, points]) => (holds ? sum + points : sum), 0);
}
/** "Open the page" is a step of what follows, unless it reads like work by itself. */
const PLAIN_WORK = 0.5;

function governed(before: Stretch | undefined, right: Stretch): number {
  if (before === undefined || !isWeak(right)) return 0;
  if (HOW.test(before.text)) return -100;
  return GOVERNS.test(before.text) ? -35 : 0;
}

/** Each names a file, and not the same one. */
function namesOtherFile(left: Stretch, right: Stretch): boolean {
  const [before, after] = [left.text.match(FILE), right.text.match(FILE)];
  return before !== null && after !== null && !after.some((name) => before.includes(name));
}
const FILE = /\b[\w-]+\.[a-z]{2,5}\b/gi;

/** Two kinds speak for two pieces, one kind for one; what reads like nothing says little. */
function byKind(left: Likeness, right: Likeness): number {
  if (right.share < FAINT) return -15;
  if (left.kind === right.kind) return -30;
  if (left.doer === right.doer) return -10;
  return Math.round(Math.min(right.share, SURE) * 60);
}
/** What reads so much like a kind asks for work, however it is put. */
const LIKELY = 0.4;
const FAINT = 0.2;
const SURE = 0.8;
