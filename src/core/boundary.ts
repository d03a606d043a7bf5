import type { Border } from './border.ts';
import { POINTS } from './points.ts';
import { signsAt } from './signs.ts';

/** At so many points a new piece begins; a little below it might. */
export const CUT = 0;
export const DOUBT = -3;
/** So near, a piece begins where another begins right behind it in the same sentence: the two stand in a row. */
export const NEAR = -40;

/** How much speaks for a new piece at a border; reasons are summed up from the table. */
export function pointsAt(border: Border): number {
  return signsAt(border).reduce((sum, sign) => sum + POINTS[sign], 0);
}
