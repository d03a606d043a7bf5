import type { Border, Stretch } from '../../src/core/split/border.ts';
import type { Joint } from '../../src/core/split/clauses.ts';
import { phrasingOf } from '../../src/core/split/phrasing.ts';
import { likelyOf } from '../../src/core/split/stretches.ts';
import { tokens } from '../../src/core/words.ts';
import { rules } from './decide.ts';

export const stretchOf = (text: string, joint: Joint): Stretch => ({
  text,
  words: tokens(text),
  joint,
  ...phrasingOf(text, rules.cues.split),
  likely: likelyOf(text, rules),
});

/** The place between two stretches, the first of them asked for. */
export function borderBetween(before: string, joint: Joint, after: string): Border {
  const [left, right] = [stretchOf(before, 'start'), stretchOf(after, joint)];
  const around = { isAsked: true, isBeside: false, isAnnounced: false };
  return { left, piece: [left], right, rest: [right], ...around };
}
