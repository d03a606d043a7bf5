import type { Block, Diff, Edit, Effort, Pair } from './align-blocks.ts';

/** As many removed and added tokens the library is asked at most to find a way through at once. */
const MOST_EDITS = 800;
/** In a stretch of more tokens than this that has no anchor, a way is short or there is none worth finding. */
const LONG = 4000;
const MOST_EDITS_IN_LONG = 300;

/** What comparing two stretches needs: the library, and how much may still be done with it. */
export type By = { readonly diff: Diff; readonly effort: Effort };

/**
 * Blocks between two stretches that have no anchor, by the library. Tokens that the other side does not have cannot
 * be kept and are left out first, which changes no answer and makes rewritten text cheap.
 */
export function blocksBetween(pair: Pair, { diff, effort }: By): Block[] {
  const shared = sharedTokens(pair);
  if (shared.before.length === 0 || shared.after.length === 0) return [];
  const most = mostEdits(shared, effort);
  const hopeless = shared.fewest > most;
  const edits = hopeless
    ? null
    : diff(keysAt(pair.before, shared.before), keysAt(pair.after, shared.after), most);
  if (edits === null) {
    effort.coarse = true;
    effort.compare -= hopeless ? 0 : most * most;
    return [];
  }
  effort.compare -= changesIn(edits) ** 2 + shared.before.length + shared.after.length;
  return keptTokens(edits, shared);
}

/** The work grows with the square of the edits (Myers 1986), which is what is taken off the effort. */
function mostEdits({ before, after }: Shared, { compare }: Effort): number {
  const most = before.length + after.length > LONG ? MOST_EDITS_IN_LONG : MOST_EDITS;
  return Math.min(most, Math.floor(Math.sqrt(Math.max(0, compare))));
}

type Shared = {
  /** Places of the tokens that the other side has, too. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** So many edits there must be at least. */
  readonly fewest: number;
};

function sharedTokens(pair: Pair): Shared {
  const olds = counted(pair.before);
  const news = counted(pair.after);
  const before = placesOf(pair.before, news);
  const after = placesOf(pair.after, olds);
  let common = 0;
  for (const [key, count] of olds) common += Math.min(count, news.get(key) ?? 0);
  return { before, after, fewest: before.length + after.length - 2 * common };
}

function counted(keys: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function placesOf(keys: Int32Array, others: ReadonlyMap<number, number>): number[] {
  const places: number[] = [];
  for (let i = 0; i < keys.length; i += 1) if (others.has(keys[i] ?? -1)) places.push(i);
  return places;
}

function keysAt(keys: Int32Array, places: readonly number[]): number[] {
  return places.map((place) => keys[place] ?? -1);
}

function changesIn(edits: readonly Edit[]): number {
  return edits.reduce((sum, { is, count }) => sum + (is === 'kept' ? 0 : count), 0);
}

/** Kept tokens one by one: tokens that were left out may stand between them. */
function keptTokens(edits: readonly Edit[], shared: Shared): Block[] {
  const blocks: Block[] = [];
  let before = 0;
  let after = 0;
  for (const { is, count } of edits) {
    for (let i = 0; is === 'kept' && i < count; i += 1)
      blocks.push({
        before: shared.before[before + i] ?? 0,
        after: shared.after[after + i] ?? 0,
        count: 1,
      });
    if (is !== 'added') before += count;
    if (is !== 'removed') after += count;
  }
  return blocks;
}
