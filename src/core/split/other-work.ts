import type { Stretch } from './border.ts';
import { isOrdered } from './form.ts';
import { ADDS } from './phrasing.ts';
import type { BorderSign } from './points.ts';
import { tokens } from '../words.ts';

/** What reads like a kind so much surely is of it. */
export const SURE = 0.7;
/** What reads like a kind so much plainly is. */
export const PLAIN = 0.9;

/** A sign, and whether it is there. */
export type Held = readonly [sign: BorderSign, holds: boolean];

/** Those that are there. */
export const holding = (signs: readonly Held[]): BorderSign[] =>
  signs.flatMap(([sign, holds]) => (holds ? [sign] : []));

/** Like beside like, each of plainly other work: nouns in a row, one order after the other, two questions. */
export function ofOtherWork(left: Stretch, right: Stretch): readonly Held[] {
  const isThing = isNoun(right) && isFull(right);
  const inTurn = right.form === 'order' && isOrdered(left.form) && ordersOther(left, right);
  return [
    ['sure thing', isThing],
    ['sure thing in a row', isThing && isNoun(left) && isFull(left)],
    ['order after an order', inTurn && !left.isPlain],
    ['order after a sure order', inTurn && left.likely.share >= SURE],
    ['plain order', isOrdered(right.form) && right.isPlain],
    ['sure question', right.form === 'question' && left.form === 'question'],
  ];
}

/** Says more than a word or two, and what it is of or for. */
const isFull = ({ rest }: Stretch): boolean => tokens(rest).length >= FULL && OF.test(rest);
const FULL = 4;
const OF = /\s(?:of|for|from|on|about|to|in|with|by|that|which)\s/i;

const isNoun = ({ form }: Stretch): boolean => form === 'thing' || form === 'remark';

/** Whether it surely reads like work that somebody else does. */
export const isOther = (left: Stretch, { likely }: Stretch): boolean =>
  likely.isWork && likely.share >= SURE && likely.doer !== left.likely.doer;

/** Whether it plainly does. */
export const isPlainlyOther = (left: Stretch, right: Stretch): boolean =>
  right.likely.share > PLAIN && isOther(left, right);

/** Whether it orders such work in a verb that says what. */
export function ordersOther(left: Stretch, right: Stretch): boolean {
  return isOrdered(right.form) && !adds(right) && !right.isPlain && isOther(left, right);
}

/** Whether its verb only adds to the work before it. */
export const adds = ({ rest }: Stretch): boolean => ADDS.test(tokens(rest)[1] ?? '');
