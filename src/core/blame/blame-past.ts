import { addStretch, newPool } from './blame-pool.ts';
import type { Found, Pool } from './blame-pool.ts';
import { saying, UNWRITTEN } from './blame-held.ts';
import type { Held } from './blame-held.ts';
import { chance, MARGIN, tells } from '../rarity.ts';
import type { Rarity, Span } from '../rarity.ts';

/** What stood in earlier versions and stands no more, so that what is taken back keeps its author. */
export type Past = {
  /** Every text there was, by what it says, as its written tokens. */
  readonly seen: Map<string, Seen>;
  readonly gone: Pool;
  /** Gone stretches by the written token they stood behind, and by the one they stood before. */
  readonly behind: Map<number, Span[]>;
  readonly before: Map<number, Span[]>;
};

export type Seen = Pick<Held, 'ids' | 'coarse'>;

/** Gone text is looked up by three tokens: fewer are met everywhere. */
const GRAM = 3;

export function newPast(): Past {
  return { seen: new Map(), gone: newPool(GRAM), behind: new Map(), before: new Map() };
}

/** Remembers what each file of a version says. */
export function rememberFiles(past: Past, files: readonly Held[]): void {
  for (const held of files) {
    const key = saying(held.tokens);
    if (!past.seen.has(key)) past.seen.set(key, { ids: held.ids, coarse: held.coarse });
  }
}

/** So many tokens that are gone are remembered; what is removed after that is not known again when it is taken back. */
const MOST_REMEMBERED = 2_000_000;

/** Remembers stretches of a file that stand nowhere any more. */
export function rememberGone(past: Past, { tokens, ids }: Held, gone: readonly Span[]): void {
  for (const { from, to } of gone) {
    if (past.gone.keys.length + to - from > MOST_REMEMBERED) continue;
    const at = addStretch(past.gone, tokens.keys.subarray(from, to), ids.subarray(from, to));
    const stretch = { from: at, to: at + to - from };
    note(past.behind, ids[from - 1], stretch);
    note(past.before, ids[to], stretch);
  }
}

function note(places: Map<number, Span[]>, id: number | undefined, stretch: Span): void {
  if (id === undefined) return;
  const there = places.get(id);
  if (there === undefined) places.set(id, [stretch]);
  else there.push(stretch);
}

/** An added stretch of a file, and what its tokens tell. */
export type Added = { readonly held: Held; readonly span: Span; readonly rarity: Rarity };

/** As many gone stretches of one place are compared, the last ones. */
const MOST_GONE = 16;

/**
 * What of an added stretch was taken back: it begins, or ends, as something did that stood in the same place and was
 * removed. A single word is enough when it is all of both, because the place speaks for it, too.
 */
export function takenBack(past: Past, added: Added): Found | null {
  const { ids } = added.held;
  const behind = past.behind.get(ids[added.span.from - 1] ?? UNWRITTEN) ?? [];
  const before = past.before.get(ids[added.span.to] ?? UNWRITTEN) ?? [];
  const runs = [
    ...behind.slice(-MOST_GONE).map((gone) => ({ gone, run: sameHead(past.gone, added, gone) })),
    ...before.slice(-MOST_GONE).map((gone) => ({ gone, run: sameTail(past.gone, added, gone) })),
  ].filter(({ gone, run }) => speaksForItself(added, gone, run));
  return runs.reduce<Found | null>(
    (best, { run }) => (best !== null && size(best) >= size(run) ? best : run),
    null,
  );
}

function size({ from, to }: Span): number {
  return to - from;
}

function speaksForItself({ held, span, rarity }: Added, gone: Span, run: Found): boolean {
  if (size(run) === size(span) && size(run) === size(gone)) return true;
  return tells(held.tokens.keys, rarity, run) > chance(size(span), size(gone)) + MARGIN;
}

function sameHead(pool: Pool, { held, span }: Added, gone: Span): Found {
  const { keys } = held.tokens;
  const most = Math.min(size(span), size(gone));
  let count = 0;
  while (count < most && keys[span.from + count] === pool.keys[gone.from + count]) count += 1;
  return { pool, from: span.from, to: span.from + count, at: gone.from };
}

function sameTail(pool: Pool, { held, span }: Added, gone: Span): Found {
  const { keys } = held.tokens;
  const most = Math.min(size(span), size(gone));
  let count = 0;
  while (count < most && keys[span.to - 1 - count] === pool.keys[gone.to - 1 - count]) count += 1;
  return { pool, from: span.to - count, to: span.to, at: gone.to - count };
}
