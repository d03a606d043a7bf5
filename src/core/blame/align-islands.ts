import { gapsOf, joined } from './align-blocks.ts';
import type { Block, Gap, Pair } from './align-blocks.ts';
import { chance, MARGIN, tells } from '../rarity.ts';
import type { Rarity } from '../rarity.ts';

/** What is compared, and, where it is known, how well a piece of writing may begin at each token of the newer text. */
export type Compared = Pair & { readonly rarity: Rarity; readonly begins?: Uint8Array };

const MOST_ROUNDS = 12;

/**
 * Leaves out kept runs that are kept by chance: a rewritten paragraph has its "the" and its commas in common with the
 * old one, and they are the new author's all the same. A run beside a change stays when it tells more than could be
 * met by chance between stretches of that size. Leaving one out makes the stretches larger, so it is done again until
 * nothing changes.
 */
export function withoutChance(blocks: readonly Block[], compared: Compared): Block[] {
  let left = pieces(blocks, compared.begins);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const gaps = gapsOf(left, compared);
    const kept = left.filter((block, i) => {
      const span = { from: block.after, to: block.after + block.count };
      return tells(compared.after, compared.rarity, span) > needed(gaps[i], gaps[i + 1]);
    });
    if (kept.length === left.length) break;
    left = kept;
  }
  return joined(left);
}

/** Each sentence stands for itself: that the one before it was kept is no sign that its first word was. */
function pieces(blocks: readonly Block[], begins: Uint8Array | undefined): Block[] {
  if (begins === undefined) return [...blocks];
  const out: Block[] = [];
  for (const { before, after, count } of blocks) {
    let from = 0;
    for (let to = 1; to <= count; to += 1) {
      if (to < count && begins[after + to] === 0) continue;
      out.push({ before: before + from, after: after + from, count: to - from });
      from = to;
    }
  }
  return out;
}

/** What a run between two stretches must tell. Where nothing was removed, or nothing added, there is no other way. */
function needed(left: Gap | undefined, right: Gap | undefined): number {
  const removed = removedIn(left) + removedIn(right);
  const added = addedIn(left) + addedIn(right);
  return removed === 0 || added === 0 ? 0 : chance(removed, added) + MARGIN;
}

function removedIn(gap: Gap | undefined): number {
  return gap === undefined ? 0 : gap.beforeEnd - gap.before;
}

function addedIn(gap: Gap | undefined): number {
  return gap === undefined ? 0 : gap.afterEnd - gap.after;
}
