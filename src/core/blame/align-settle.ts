import type { Block } from './align-blocks.ts';
import type { Span } from '../rarity.ts';
import type { Tokens } from '../token.ts';

/** As far as a stretch is moved at most, in tokens. */
const FARTHEST = 200;

/**
 * Puts added and removed stretches where a piece of writing begins. When a sentence is added behind another that
 * begins with the same words, more than one stretch can be called the added one; the one that begins a paragraph, a
 * line or a sentence is what the author wrote. Where blocks touch in the older text, something was added between
 * them; where they touch in the newer, something was removed.
 */
export function settled(blocks: readonly Block[], before: Tokens, after: Tokens): Block[] {
  const out: Block[] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    if (last === undefined) {
      out.push(block);
      continue;
    }
    const shift = shiftBetween({ last, block }, before, after);
    out[out.length - 1] = { ...last, count: last.count + shift };
    out.push({
      before: block.before + shift,
      after: block.after + shift,
      count: block.count - shift,
    });
  }
  return out.filter(({ count }) => count > 0);
}

type Neighbours = { readonly last: Block; readonly block: Block };

function shiftBetween(neighbours: Neighbours, before: Tokens, after: Tokens): number {
  const { last, block } = neighbours;
  const old = { from: last.before + last.count, to: block.before };
  const now = { from: last.after + last.count, to: block.after };
  if (old.from === old.to) return bestShift(after, now, neighbours);
  return now.from === now.to ? bestShift(before, old, neighbours) : 0;
}

/** How far a stretch goes, to the right or (negative) to the left, and says the same. */
function bestShift({ keys, begins }: Tokens, { from, to }: Span, neighbours: Neighbours): number {
  const mostLeft = Math.min(FARTHEST, neighbours.last.count);
  const mostRight = Math.min(FARTHEST, neighbours.block.count);
  let left = 0;
  while (left < mostLeft && keys[from - left - 1] === keys[to - left - 1]) left += 1;
  let right = 0;
  while (right < mostRight && keys[from + right] === keys[to + right]) right += 1;
  let best = 0;
  for (let shift = -left; shift <= right; shift += 1)
    if ((begins[from + shift] ?? 0) > (begins[from + best] ?? 0)) best = shift;
  return best;
}
