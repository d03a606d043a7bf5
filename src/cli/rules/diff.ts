import { diffToHand } from '../../flow/rule-diff.ts';
import { standingOf } from '../../flow/rules-in-force.ts';
import type { Standing } from '../../flow/rules-in-force.ts';
import { onBase } from '../on-base.ts';
import type { Given } from './given.ts';

/** Nothing to compare with, or nothing that differs. */
const NOTHING: Readonly<Record<Exclude<Standing['is'], 'other'>, string>> = {
  unfounded: 'No rules are in force yet: the first start takes those it finds. npm start',
  unkept:
    'The rules in force were accepted before AIOS kept them whole, so nothing can be compared.',
  same: 'No difference: the rules on disk are the rules in force.',
};

/** `aios rules diff`: everything that is different between the rules in force and those on disk. */
export async function diff({ config }: Given): Promise<number> {
  return onBase(config, async ({ parts }) => {
    const standing = await standingOf(parts);
    if (standing.is !== 'other') console.log(NOTHING[standing.is]);
    else {
      const { sum, lines } = await diffToHand(parts, standing.manifest);
      console.log([`${sum}.`, ...lines].join('\n'));
    }
    return 0;
  });
}
