import { beforeOf, isWeak } from './border.ts';
import type { Border, Likeness, Stretch } from './border.ts';
import type { Form } from './form.ts';
import { neighboursAt } from './border-neighbours.ts';
import { isBrought, isNeeded } from './border-phrases.ts';
import { adds, holding, isOther, ofOtherWork, ordersOther, PLAIN, SURE } from './other-work.ts';
import type { Held } from './other-work.ts';
import type { BorderSign } from './points.ts';
import { POINTS } from './points.ts';
import { readingsAt } from './border-readings.ts';
import { pointsOfWords } from './border-words.ts';
import { tokens } from '../words.ts';

/** After "how to" verbs go together; after "that we" and "whether they" they may. */
const HOW = /\b(?:how|where|what|when)(?: \w+){0,3} to\b/i;
const GOVERNS =
  /\b(?:that|whether|which|why|who|how|if|what|when|where) (?:we|you|they|i|people)\b/i;
/** A thing that was not spoken of before: what is new is asked for, what is known is spoken about. */
const NEW = /^(?:a|an|one|two|three|four|five|six|\d+|some|another|new|small|short|quick)\b/i;
const FILE = /\b[\w-]+\.[a-z]{2,5}\b/gi;
/** "Half the length", "30 minutes per person": how much of it. */
const MEASURE =
  /^(?:(?:about|around|max|under|at most|in) )?(?:\d[\d.,]*|one|two|three|four|five|six|ten|half)\b.*\b(?:words?|pages?|minutes|hours|days|characters|sentences?|paragraphs?|per|each|lines?|length|long)\b/i;
/** "The contact page: typos": where it is before what it is. */
const LABEL = /^[^:]{2,40}:\s+\S/;
const FAINT = 0.2;
const LIKELY = 0.45;
const FEW = 3;
const SHORT = 4;
const LONG = 8;
/** "Open the page" is a step of what follows, unless it reads like work by itself. */
const STEP = 0.5;

/** How much speaks for a new piece at a border: the points of what is seen there, and of the words. */
export function pointsAt(border: Border): number {
  const signs = signsAt(border).reduce((sum, sign) => sum + POINTS[sign], 0);
  return signs + pointsOfWords(border);
}

/** What is to be said of a border. */
export function signsAt(border: Border): readonly BorderSign[] {
  return [
    'always',
    ...howPut(border),
    ...whichKinds(border),
    ...whatSaid(border),
    ...whatStandsAround(border),
    ...neighboursAt(border),
    ...readingsAt(border),
  ];
}

function howPut({ right, isAsked }: Border): BorderSign[] {
  const { joint, marker = 'none' } = right;
  const as = formAt(right);
  const put: BorderSign[] = [`joint ${joint}`, `marker ${marker}`, `form ${as}`];
  if (isWeak(right)) put.push(`weak ${as}`);
  if (joint === 'plus' && right.words.length < FEW) put.push('plus, and short');
  return isAsked ? put : [...put, ...told(right)];
}

/** What was only told of before leads to the work more often than it is work. */
function told(right: Stretch): BorderSign[] {
  return holding([
    ['only told', true],
    ['only told, and unmarked', right.marker === undefined],
    ['only told, by a strong joint', !isWeak(right)],
    ['told, then ordered', right.form === 'order'],
    ['told, then asked', right.form === 'ask' || right.form === 'question'],
  ]);
}

/** Behind a marker, "then" or "plus" a bare noun is asked for, and no remark. */
function formAt(right: Stretch): Form {
  const isListed = isMarked(right) || right.joint === 'semicolon';
  return right.form === 'remark' && isListed ? 'thing' : right.form;
}

function isMarked({ marker, joint }: Pick<Stretch, 'marker' | 'joint'>): boolean {
  return marker !== undefined || joint === 'next' || joint === 'arrow' || joint === 'plus';
}

/** Two kinds speak for two pieces, the more the surer the second is; one kind speaks for one. */
function whichKinds({ left, right }: Border): BorderSign[] {
  return [
    kindSign(left.likely, right.likely),
    ...holding([
      ['no work', !right.likely.isWork],
      ['work of nobody here', right.likely.isWork && !right.likely.isOurs],
      ['sure before', left.likely.share >= SURE],
      ['step before', left.isPlain && left.likely.share < STEP],
    ]),
  ];
}

function kindSign(left: Likeness, right: Likeness): BorderSign {
  if (right.share < FAINT) return 'kind faint';
  if (left.kind === right.kind) return 'kind same';
  if (left.doer === right.doer) return 'kind of the same doer';
  if (right.share >= PLAIN) return 'other kind, plainly';
  if (right.share >= SURE) return 'other kind, surely';
  return right.share >= LIKELY ? 'other kind, likely' : 'other kind, hardly';
}

function whatSaid(border: Border): BorderSign[] {
  const { right } = border;
  return [
    ...asThing(right),
    ...asOrder(border),
    ...holding([
      ['long', right.words.length >= LONG],
      ['goes on', right.goesOn],
      ['says what is needed', saysNeed(right)],
      ['something is needed', isNeeded(right)],
      ['brought along', isBrought(right)],
      ['measure', MEASURE.test(right.rest)],
    ]),
    ...(isWeak(right) ? tiedTo(border) : []),
  ];
}

function asThing(right: Stretch): BorderSign[] {
  if (formAt(right) !== 'thing') return [];
  const isNew = NEW.test(right.rest);
  return holding([
    ['new thing', isNew],
    ['new thing at a weak joint', isNew && isWeak(right)],
    ['marked thing', right.marker !== undefined],
  ]);
}

function asOrder({ left, right }: Border): BorderSign[] {
  const marked = isMarked(right);
  const sure = ordersOther(left, right);
  return holding([
    ['adds', right.form === 'order' && adds(right)],
    ['plain', right.isPlain && !marked],
    ['marked and plain', right.isPlain && marked],
    ['points back', right.pointsBack && !marked],
    ['sure order', sure && !right.pointsBack],
    ['sure order, pointing back', sure && right.pointsBack],
  ]);
}

/** What ties a stretch behind a comma, an "and" or a dash to the one before it. */
function tiedTo({ left, piece, right }: Border): BorderSign[] {
  const before = beforeOf({ piece, left });
  return holding([
    ['short', tokens(right.rest).length < SHORT && !ordersOther(left, right)],
    ['governed', GOVERNS.test(before.text)],
    ['after how', saysHow(before)],
  ]);
}

/** Whether verbs behind it say how, and order nothing. */
export const saysHow = ({ text }: Stretch): boolean => HOW.test(text);

/** Whether it tells of a want that is as good as an order. */
export const saysNeed = (stretch: Stretch): boolean =>
  stretch.form === 'statement' &&
  stretch.likely.isOurs &&
  stretch.likely.share >= LIKELY &&
  isNeeded(stretch);

function whatStandsAround(border: Border): BorderSign[] {
  const { left, right, isBeside, isAnnounced } = border;
  return holding([
    ['other file', namesOtherFile(left, right)],
    ['beside a border', isBeside],
    ['announced', isAnnounced],
    ['labelled', LABEL.test(left.text) && LABEL.test(right.text)],
    ...(left.form === 'question' ? afterQuestion(right) : []),
    ...(isOther(left, right) ? ofOtherWork(left, right) : []),
  ]);
}

const afterQuestion = ({ form }: Stretch): readonly Held[] => [
  ['asks after a question', form === 'question'],
  ['orders after a question', form === 'order'],
];

/** Each names a file, and not the same one. */
function namesOtherFile(left: Stretch, right: Stretch): boolean {
  const [before, after] = [left.text.match(FILE), right.text.match(FILE)];
  return before !== null && after !== null && !after.some((name) => before.includes(name));
}
