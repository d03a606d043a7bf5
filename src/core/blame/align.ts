import { anchors } from './align-anchors.ts';
import { blocksBetween } from './align-between.ts';
import type { By } from './align-between.ts';
import { gapsOf, joined, shifted } from './align-blocks.ts';
import type { Block, Pair } from './align-blocks.ts';
import { withoutChance } from './align-islands.ts';
import { settled } from './align-settle.ts';
import type { Rarity } from '../rarity.ts';
import type { Tokens } from '../token.ts';

/** What comparing texts needs: the library, how much may still be done with it, and how much each token tells. */
export type Compare = By & { readonly rarity: Rarity };

/**
 * The tokens of the newer text that are those of the older one still, as blocks in order: Myers' shortest way between
 * anchors, without what is in common by chance, and with added text where a piece of writing begins.
 */
export function align(before: Tokens, after: Tokens, compare: Compare): Block[] {
  const pair = { before: before.keys, after: after.keys, begins: after.begins };
  return settled(alignKeys(pair, compare), before, after);
}

/** The same for two stretches of keys, of which it may not be known where a piece of writing begins. */
export function alignKeys(
  pair: Pair & { readonly begins?: Uint8Array },
  compare: Compare,
): Block[] {
  const { head, tail } = endsOf(pair);
  const inner = {
    before: pair.before.subarray(head, pair.before.length - tail),
    after: pair.after.subarray(head, pair.after.length - tail),
  };
  const last = { before: pair.before.length - tail, after: pair.after.length - tail, count: tail };
  const blocks = [
    { before: 0, after: 0, count: head },
    ...shifted(alignInner(inner, compare), { before: head, after: head }),
    last,
  ];
  return withoutChance(joined(blocks), { ...pair, rarity: compare.rarity });
}

function alignInner(pair: Pair, compare: Compare): Block[] {
  const sure = anchors(pair);
  const blocks: Block[] = [];
  for (const [i, gap] of gapsOf(sure, pair).entries()) {
    const before = pair.before.subarray(gap.before, gap.beforeEnd);
    const after = pair.after.subarray(gap.after, gap.afterEnd);
    for (const block of shifted(blocksBetween({ before, after }, compare), gap)) blocks.push(block);
    const anchor = sure[i];
    if (anchor !== undefined) blocks.push(anchor);
  }
  return blocks;
}

/** How many tokens the texts have in common at either end. */
function endsOf({ before, after }: Pair): { readonly head: number; readonly tail: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { head, tail };
}
