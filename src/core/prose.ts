import type { Classifier } from './classifier.ts';
import type { Clause, Joint } from './clauses.ts';
import { clausesOf } from './clauses.ts';
import type { SplitWords } from './cue.ts';
import { UNCLEAR } from './facts.ts';
import type { Kind } from './kind.ts';
import type { Form, Phrasing } from './phrasing.ts';
import { phrasingOf } from './phrasing.ts';
import { CUT, DOUBT, isWeak, pointsAt } from './boundary.ts';
import type { Likeness, Stretch } from './boundary.ts';
import { holdsMaterial, tokens } from './words.ts';

/** What prose is taken apart with: parts of a `RuleSet`. */
export type SplitBy = {
  readonly cues: { readonly split: SplitWords };
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly classify: Classifier;
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
  const clauses = text.length > LONGEST ? [] : clausesOf(text);
  if (text.length > LONGEST || clauses.length > MOST)
    return { pieces: [{ text: text.trim() }], talk: [] };
  const stretches = withTalk(stretchesOf(clauses, by));
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
  const [unsure] = [...doubts, ...pieces.flatMap(mixed)];
  return {
    pieces: pieces.map(pieceOf),
    talk: stretches.filter(({ form }) => form === 'talk').map((one) => one.text),
    ...(unsure === undefined ? {} : { unsure }),
  };
}

/** What a persona does and what only a person or nobody here does are never one piece: the answer would drop the work. */
function mixed(piece: readonly Stretch[]): readonly string[] {
  const plain = piece.filter(
    ({ form, likely }) => WORKS[form] && likely.isWork && likely.share >= SURE,
  );
  const [first] = plain;
  const other = plain.find(({ likely }) => likely.isOurs !== first?.likely.isOurs);
  return other === undefined ? [] : [other.text];
}

function pieceOf(stretches: readonly Stretch[]): ProsePiece {
  const markers = stretches.map(({ marker }) => marker);
  const text = joined(stretches);
  if (markers.includes('before')) return { text, waits: 'before' };
  const isAfter = markers.includes('after') || stretches[0]?.joint === 'next';
  return isAfter ? { text, waits: 'after' } : { text };
}

/** A text of more clauses is brought along, and no request in so many words. */
const MOST = 150;
const LONGEST = 8_000;
const SIGNATURE = 3;

/** What is said along with thanks in one sentence is talk as well, and so is the name below it. */
function withTalk(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [i, stretch] of stretches.entries()) {
    const isLast = i === stretches.length - 1;
    const isTalk = found.at(-1)?.form === 'talk' && belongsToTalk(stretch, isLast);
    found.push(isTalk ? { ...stretch, form: 'talk' } : stretch);
  }
  return found;
}

function belongsToTalk(stretch: Stretch, isLast: boolean): boolean {
  const { form, likely, text } = stretch;
  const isAside = (form === 'statement' || form === 'remark') && likely.share < LIKELY;
  if (!isAside || holdsMaterial(text)) return false;
  return isWeak(stretch) || (isLast && tokens(text).length <= SIGNATURE);
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
function stretchesOf(clauses: readonly Clause[], by: SplitBy): Stretch[] {
  const found: Stretch[] = [];
  let lead: Clause | undefined;
  for (const clause of clauses) {
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
  // Written out: the engine keeps what is spread from so many forms until its next full collection.
  return {
    text: clause.text,
    joint: clause.joint,
    form: isTalk ? 'talk' : phrasing.form,
    marker: phrasing.marker,
    rest: phrasing.rest,
    pointsBack: phrasing.pointsBack,
    goesOn: phrasing.goesOn,
    isPlain: phrasing.isPlain,
    likely,
  };
}
const SMALL_TALK = 0.7;

const BETWEEN: Readonly<Record<Joint, string>> = {
  start: ' ',
  paragraph: '\n\n',
  sentence: ' ',
  semicolon: '; ',
  next: ' then ',
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
  if (best === undefined)
    return { kind: UNCLEAR, doer: UNCLEAR, share: 0, isWork: false, isOurs: false };
  const kind = kinds.get(best.kind);
  return {
    kind: best.kind,
    doer: kind?.sort === 'work' ? kind.persona : best.kind,
    share: best.share,
    isWork: kind !== undefined && kind.sort !== 'talk',
    isOurs: kind?.sort === 'work',
  };
}

function judge(piece: readonly Stretch[], right: Stretch): 'cut' | 'stay' | 'unsure' {
  const asked = piece.filter(({ form, likely }) => asks(form, likely)).at(-1);
  const left = asked ?? piece.filter(({ likely }) => likely.share >= LIKELY).at(-1);
  const before = piece.at(-1);
  // Before the first piece of work there is only what leads to it.
  if (left === undefined || before === undefined || tokens(left.rest).length < 2) return 'stay';
  const points = pointsAt({ left, before, right, isAsked: asked !== undefined });
  if (points > CUT) return 'cut';
  return points > DOUBT ? 'unsure' : 'stay';
}

/** A noun that names its work ("minutes", "case study") asks for it as plainly as an order. */
function asks(form: Form, { share }: Likeness): boolean {
  return WORKS[form] || (form === 'remark' && share >= SURE);
}

/** What reads so much like a kind asks for work, however it is put. */
const LIKELY = 0.4;
const SURE = 0.8;
