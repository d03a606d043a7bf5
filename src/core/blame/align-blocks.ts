/** Tokens that stand in both texts: `count` of them, from `before` on in the older and from `after` on in the newer. */
export type Block = { readonly before: number; readonly after: number; readonly count: number };

/** The keys of two texts, or of two stretches of texts, that are compared. */
export type Pair = { readonly before: Int32Array; readonly after: Int32Array };

/** A step on the way from the older list to the newer. */
export type Edit = { readonly is: 'kept' | 'removed' | 'added'; readonly count: number };

/**
 * The shortest way from one list to another, for which a library is used. Gives null when it takes more than `most`
 * removed and added items. It looks at no clock: the same lists have the same answer on every machine.
 */
export type Diff = (
  before: readonly number[],
  after: readonly number[],
  most: number,
) => readonly Edit[] | null;

/**
 * The work that may still be done for one version, in steps, so that hostile texts end in time. Where it is spent, or
 * where the library gave up, `coarse` is set: only long runs were found again.
 */
export type Effort = { compare: number; search: number; coarse: boolean };

/** What is left between blocks: from the end of one to the begin of the next, in both texts. */
export type Gap = {
  readonly before: number;
  readonly beforeEnd: number;
  readonly after: number;
  readonly afterEnd: number;
};

/** The stretches before, between and after the blocks: one more than there are blocks. */
export function gapsOf(blocks: readonly Block[], { before, after }: Pair): Gap[] {
  const gaps: Gap[] = [];
  let end = { before: 0, after: 0 };
  for (const block of [...blocks, { before: before.length, after: after.length, count: 0 }]) {
    gaps.push({ ...end, beforeEnd: block.before, afterEnd: block.after });
    end = endOf(block);
  }
  return gaps;
}

/** Where a block ends in both texts. */
export function endOf({ before, after, count }: Block): { before: number; after: number } {
  return { before: before + count, after: after + count };
}

/** The same blocks, further on in both texts. */
export function shifted(
  blocks: readonly Block[],
  by: { readonly before: number; readonly after: number },
): Block[] {
  return blocks.map(({ before, after, count }) => ({
    before: before + by.before,
    after: after + by.after,
    count,
  }));
}

/** Blocks in order, with those that touch in both texts made one and empty ones left out. */
export function joined(blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    if (block.count === 0) continue;
    if (last !== undefined && touch(last, block))
      out[out.length - 1] = { ...last, count: last.count + block.count };
    else out.push(block);
  }
  return out;
}

function touch(left: Block, right: Block): boolean {
  const end = endOf(left);
  return end.before === right.before && end.after === right.after;
}
