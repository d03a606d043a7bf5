import type { Border, Stretch } from '../../src/core/border.ts';
import type { Joint } from '../../src/core/clauses.ts';
import { phrasingOf } from '../../src/core/phrasing.ts';
import { likelyOf } from '../../src/core/stretches.ts';
import { rules } from './decide.ts';

export const stretchOf = (text: string, joint: Joint): Stretch => ({
  text,
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
