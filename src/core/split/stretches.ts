import type { Likeness, Stretch } from './border.ts';
import { isWeak } from './border.ts';
import type { Classifier } from '../classifier.ts';
import type { Clause, Joint } from './clauses.ts';
import type { SplitWords } from '../cue.ts';
import { UNCLEAR } from '../facts.ts';
import type { Kind } from '../kind.ts';
import type { Phrasing } from './phrasing.ts';
import { phrasingOf } from './phrasing.ts';
import { sharedWith, withShared } from './shared-object.ts';
import { holdsMaterial, tokens } from '../words.ts';

/** What prose is taken apart with: parts of a `RuleSet`. */
export type SplitBy = {
  readonly cues: { readonly split: SplitWords };
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly classify: Classifier;
};

/** Clauses with how they are put; "once that is done" goes with the clause it leads to. */
export function stretchesOf(clauses: readonly Clause[], by: SplitBy): Stretch[] {
  const found: Stretch[] = [];
  let lead: Clause | undefined;
  for (const [i, clause] of clauses.entries()) {
    const whole =
      lead === undefined
        ? clause
        : { text: `${lead.text}${between(clause.joint)}${clause.text}`, joint: lead.joint };
    const shared = sharedWith(whole, clauses[i + 1], by.cues.split);
    const phrasing = phrasingOf(withShared(whole.text, shared), by.cues.split);
    lead = undefined;
    const leads = !isWeak(whole) || phrasing.marker !== undefined;
    if (phrasing.form === 'lead' && leads) lead = whole;
    else found.push(stretchOf(whole, { phrasing, shared }, by));
  }
  if (lead === undefined) return found;
  return [...found, stretchOf(lead, { phrasing: phrasingOf(lead.text, by.cues.split) }, by)];
}

type Put = { readonly phrasing: Phrasing; readonly shared?: string | undefined };

/** What reads like small talk and orders nothing is talk, though no phrase of the list opens it. */
function stretchOf(clause: Clause, { phrasing, shared }: Put, by: SplitBy): Stretch {
  const likely = likelyOf(withShared(clause.text, shared), by);
  const isAside = phrasing.form === 'remark' || phrasing.form === 'statement';
  const readsAsTalk = likely.share >= SMALL_TALK && by.kinds.get(likely.kind)?.sort === 'talk';
  const isTalk = isAside && readsAsTalk && !holdsMaterial(clause.text);
  // Written out: the engine keeps what is spread from so many forms until its next full collection.
  return {
    text: clause.text,
    words: tokens(clause.text),
    joint: clause.joint,
    form: isTalk ? 'talk' : phrasing.form,
    marker: phrasing.marker,
    rest: phrasing.rest,
    pointsBack: phrasing.pointsBack,
    goesOn: phrasing.goesOn,
    isPlain: phrasing.isPlain,
    likely,
    shared,
  };
}

const SMALL_TALK = 0.7;
const SIGNATURE = 3;

/** An aside that reads less like work than this belongs to the thanks before it. */
const LIKELY = 0.4;

/** What is said along with thanks in one sentence is talk as well, and so is the name below it. */
export function withTalk(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [i, stretch] of stretches.entries()) {
    const isLast = i === stretches.length - 1;
    const isTalk = found.at(-1)?.form === 'talk' && belongsToTalk(stretch, isLast);
    found.push(isTalk ? { ...stretch, form: 'talk' } : stretch);
  }
  return found;
}

function belongsToTalk(stretch: Stretch, isLast: boolean): boolean {
  const { form, likely, text, words } = stretch;
  const isAside = (form === 'statement' || form === 'remark') && likely.share < LIKELY;
  if (!isAside || holdsMaterial(text)) return false;
  return isWeak(stretch) || (isLast && words.length <= SIGNATURE);
}

const BETWEEN: Readonly<Record<Joint, string>> = {
  start: ' ',
  paragraph: '\n\n',
  line: '\n',
  sentence: ' ',
  semicolon: '; ',
  next: ' then ',
  arrow: ' → ',
  plus: ' plus ',
  and: ' and ',
  comma: ', ',
  dash: ' - ',
};
/** What stands between two stretches that are one piece. */
export const between = (joint: Joint): string => BETWEEN[joint];

/** The likeliest kind of a stretch of words. */
export function likelyOf(text: string, { classify, kinds }: SplitBy): Likeness {
  const likely = classify(text, FEW).filter(({ kind }) => kind !== UNCLEAR);
  const [best] = likely;
  if (best === undefined) return UNLIKE;
  const doers = new Map<string, number>();
  for (const { kind, share } of likely) {
    const doer = doerOf(kind, kinds);
    doers.set(doer, (doers.get(doer) ?? 0) + share);
  }
  const kind = kinds.get(best.kind);
  return {
    kind: best.kind,
    doer: doerOf(best.kind, kinds),
    share: best.share,
    isWork: kind !== undefined && kind.sort !== 'talk',
    isOurs: kind?.sort === 'work',
    doers,
  };
}

/** Of so many kinds it is told how likely they are; the rest is not worth the time. */
const FEW = 8;

const UNLIKE: Likeness = {
  kind: UNCLEAR,
  doer: UNCLEAR,
  share: 0,
  isWork: false,
  isOurs: false,
  doers: new Map(),
};

/** Who does work of a kind; of what is no work, the kind itself. */
function doerOf(id: string, kinds: SplitBy['kinds']): string {
  const kind = kinds.get(id);
  return kind?.sort === 'work' ? kind.persona : id;
}
