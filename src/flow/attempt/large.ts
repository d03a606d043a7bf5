import type { Block } from '../../core/fence.ts';
import type { Lane } from '../../core/lane.ts';

/**
 * From so many words of material on, what is to be written is taken for large: most kinds give back about as much as
 * they were given. 1,500 words are some 2,000 tokens, and inside JSON every quotation mark and line break of them must
 * be escaped without a slip, which small models cannot be relied upon to do.
 */
export const LARGE_WORDS = 1_500;

/** Whether the answer comes in parts: first everything but the texts of the files, then each file as plain text. */
export function isInParts(lane: Lane, blocks: readonly Block[]): boolean {
  const words = blocks.reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0);
  return lane === 'local' && words >= LARGE_WORDS;
}
