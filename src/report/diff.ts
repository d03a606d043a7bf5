import { diffArrays } from 'diff';
import type { Edit } from '../core/blame/align-blocks.ts';

/**
 * The shortest way from one list of numbers to another (Myers 1986), by jsdiff. Gives null when it would take more
 * than `most` removed and added items. No time is given to it, only a number of edits: the same lists have the same
 * answer on every machine.
 */
export function diffLists(
  before: readonly number[],
  after: readonly number[],
  most: number,
): readonly Edit[] | null {
  const changes = diffArrays([...before], [...after], { maxEditLength: most });
  if (changes === undefined) return null;
  return changes.map(({ added, removed, count }) => ({
    is: added ? 'added' : removed ? 'removed' : 'kept',
    count,
  }));
}
