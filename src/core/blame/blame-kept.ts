import { align } from './align.ts';
import type { Compare } from './align.ts';
import { saying, UNWRITTEN } from './blame-held.ts';
import type { Held, Read } from './blame-held.ts';
import type { Past } from './blame-past.ts';
import type { Tokens } from '../token.ts';

/**
 * A file as far as it was there before: all of it when this very text stood in any version, else what of it aligns
 * with the file it was.
 */
export function kept(now: Read, before: Held | null, { past, compare }: Known): Held {
  const seen = past.seen.get(saying(now.tokens));
  if (seen !== undefined) return { ...now, ids: seen.ids, coarse: seen.coarse };
  const ids = new Int32Array(now.tokens.keys.length).fill(UNWRITTEN);
  if (before === null) return { ...now, ids, coarse: false };
  compare.effort.coarse = false;
  for (const block of align(before.tokens, now.tokens, compare))
    ids.set(before.ids.subarray(block.before, block.before + block.count), block.after);
  return { ...now, ids, coarse: before.coarse || compare.effort.coarse };
}

export type Known = { readonly past: Past; readonly compare: Compare };

/** A renamed file shares at least so much of its text with the one it was. */
const SAME_TEXT = 0.3;
/** As many pairs of files are compared when files were renamed; beyond that their text is found as moved text. */
const MOST_PAIRS = 400;

/** For each file the one it was: that of its name, else the most alike of those whose name is gone. */
export function pairs(now: readonly Read[], before: readonly Held[]): (Held | null)[] {
  const named = new Map(before.map((held) => [held.file.name, held]));
  const names = new Set(now.map(({ file }) => file.name));
  const free = before.filter(({ file }) => !names.has(file.name));
  const homeless = now.filter(({ file }) => !named.has(file.name));
  const few = free.length * homeless.length <= MOST_PAIRS;
  const renamed = few ? matched(homeless, free) : new Map<Read, Held>();
  return now.map((one) => named.get(one.file.name) ?? renamed.get(one) ?? null);
}

function matched(homeless: readonly Read[], free: readonly Held[]): Map<Read, Held> {
  const likely = homeless
    .flatMap((one) => free.map((held) => ({ one, held, alike: alike(one.tokens, held.tokens) })))
    .filter((pair) => pair.alike >= SAME_TEXT)
    .sort((a, b) => b.alike - a.alike);
  const found = new Map<Read, Held>();
  const taken = new Set<Held>();
  for (const { one, held } of likely) {
    if (found.has(one) || taken.has(held)) continue;
    found.set(one, held);
    taken.add(held);
  }
  return found;
}

/** The part of the larger text that both have, by their tokens alone. */
function alike(a: Tokens, b: Tokens): number {
  const counts = new Map<number, number>();
  for (const key of a.keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let common = 0;
  for (const key of b.keys) {
    const left = counts.get(key) ?? 0;
    if (left === 0) continue;
    common += 1;
    counts.set(key, left - 1);
  }
  return common / Math.max(1, a.keys.length, b.keys.length);
}
