import type { PageFacts } from './page-facts.ts';

const LONG = 5;
/** A block shorter than this is a slogan or an address, and may well stand twice. */
const ENOUGH_WORDS = 20;
const ALIKE = 0.6;

export type Twin = {
  readonly line: number;
  readonly quote: string;
  readonly other: string;
  readonly otherLine: number;
  readonly share: number;
};

type Block = {
  readonly page: string;
  readonly line: number;
  readonly text: string;
  readonly shingles: ReadonlySet<string>;
};

/** Blocks of text that stand nearly alike on two pages: the share of five-word runs both have. */
export function twinsOf(pages: readonly PageFacts[]): Map<string, Twin[]> {
  const blocks = pages.flatMap((page) =>
    page.blocks.flatMap((block) => shingled(page.name, block)),
  );
  const byShingle = new Map<string, Block[]>();
  for (const block of blocks) for (const one of block.shingles) added(byShingle, one, block);
  const twins = new Map<string, Twin[]>();
  for (const block of blocks) {
    const best = bestTwin(block, byShingle);
    if (best !== undefined) added(twins, block.page, best);
  }
  return twins;
}

function added<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

function shingled(page: string, block: PageFacts['blocks'][number]): Block[] {
  const words = block.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < ENOUGH_WORDS) return [];
  const shingles = new Set(
    words.slice(0, words.length - LONG + 1).map((_, at) => words.slice(at, at + LONG).join(' ')),
  );
  return [{ page, line: block.line, text: block.text, shingles }];
}

function bestTwin(
  block: Block,
  byShingle: ReadonlyMap<string, readonly Block[]>,
): Twin | undefined {
  const shared = new Map<Block, number>();
  for (const one of block.shingles)
    for (const other of byShingle.get(one) ?? [])
      if (other.page !== block.page) shared.set(other, (shared.get(other) ?? 0) + 1);
  const [best] = [...shared]
    .map(([other, many]) => ({
      other,
      share: many / (block.shingles.size + other.shingles.size - many),
    }))
    .sort((a, b) => b.share - a.share);
  if (best === undefined || best.share < ALIKE) return undefined;
  return {
    line: block.line,
    quote: block.text.slice(0, 100),
    other: best.other.page,
    otherLine: best.other.line,
    share: best.share,
  };
}
