import { alignKeys } from './align.ts';
import type { Compare } from './align.ts';
import { aliveIn, goneFrom, unwrittenIn } from './blame-alive.ts';
import { UNWRITTEN } from './blame-held.ts';
import type { Held } from './blame-held.ts';
import { takenBack } from './blame-past.ts';
import type { Past } from './blame-past.ts';
import { addStretch, findRuns, newPool } from './blame-pool.ts';
import type { Found, Pool, Sought } from './blame-pool.ts';
import { chance, MARGIN } from '../rarity.ts';
import type { Span } from '../rarity.ts';
import { BIT } from '../token.ts';

/** What traced text may have been before: the files of the version before, and what is gone since. */
export type Before = {
  readonly files: readonly Held[];
  readonly past: Past;
  /** How many tokens were written so far. */
  readonly written: number;
};

/** A copy of what still stands must tell so much more: who writes repeats phrases that are there already. */
const COPY = 40 * BIT;
/** A shorter stretch is no copy. */
const SHORTEST_COPY = 5;
const COPY_GRAM = 4;
/** Up to so many pairs of places a single word may tell enough; beyond that two at least are looked up together. */
const FEW_PAIRS = 1000;
/** Between two runs that were moved together as many tokens may have been changed. */
const WIDEST_CHANGE = 120;

/**
 * Finds who wrote what was added to the files: what was taken back, moved or copied is what it was. Writes into the
 * ids of the files; what stays UNWRITTEN there is new. Gives the files for which the search was cut short.
 */
export function trace(files: readonly Held[], before: Before, compare: Compare): Set<Held> {
  const added = files.flatMap((held) => unwrittenIn(held).map((span) => ({ held, span })));
  const sought = soughtFor(files, added, before);
  const coarse = new Set<Held>();
  for (const { held, span } of added) {
    const back = takenBack(before.past, { held, span, rarity: compare.rarity });
    if (back !== null) take(held, back);
    for (const rest of without(span, back)) {
      compare.effort.coarse = false;
      const found = findRuns(held.tokens.keys, rest, { ...compare, sought });
      for (const run of found) take(held, run);
      for (const [i, run] of found.entries()) takeBetween(held, [found[i - 1], run], compare);
      if (compare.effort.coarse) coarse.add(held);
    }
  }
  return coarse;
}

type Stretch = { readonly held: Held; readonly span: Span };

/** What was removed in this step, then what was removed earlier, then what still stands and may have been copied. */
function soughtFor(
  files: readonly Held[],
  added: readonly Stretch[],
  before: Before,
): readonly Sought[] {
  const alive = aliveIn(files, before.written);
  const removed = before.files.flatMap((held) =>
    goneFrom(held, alive).map((span) => ({ held, span })),
  );
  const size = lengthOf(added);
  const gram = size * lengthOf(removed) <= FEW_PAIRS ? 1 : 2;
  const copies = added.some(({ span }) => span.to - span.from >= SHORTEST_COPY);
  const whole = before.files.map((held) => ({ held, span: { from: 0, to: held.ids.length } }));
  return [
    { pool: poolOf(removed, gram), more: 0 },
    { pool: before.past.gone, more: 0 },
    { pool: poolOf(copies ? whole : [], COPY_GRAM), more: COPY },
  ].map(({ pool, more }) => ({ pool, needed: chance(pool.keys.length, size) + MARGIN + more }));
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { span }) => sum + span.to - span.from, 0);
}

function poolOf(stretches: readonly Stretch[], gram: number): Pool {
  const pool = newPool(gram);
  for (const { held, span } of stretches)
    addStretch(
      pool,
      held.tokens.keys.subarray(span.from, span.to),
      held.ids.subarray(span.from, span.to),
    );
  return pool;
}

function without(span: Span, run: Span | null): Span[] {
  if (run === null) return [span];
  return [
    { from: span.from, to: run.from },
    { from: run.to, to: span.to },
  ];
}

function take(held: Held, { pool, from, to, at }: Found): void {
  for (let i = from; i < to; i += 1) held.ids[i] = pool.ids[at + i - from] ?? UNWRITTEN;
}

/** What was changed inside of moved text: between two runs that stood in one piece, the words that stayed are found. */
function takeBetween(
  held: Held,
  [left, right]: readonly [Found | undefined, Found],
  compare: Compare,
): void {
  if (left === undefined || left.pool !== right.pool) return;
  const old = { from: left.at + left.to - left.from, to: right.at };
  const now = { from: left.to, to: right.from };
  if (!isChange(old) || !isChange(now)) return;
  const pair = {
    before: Int32Array.from(left.pool.keys.slice(old.from, old.to)),
    after: held.tokens.keys.subarray(now.from, now.to),
  };
  for (const { before, after, count } of alignKeys(pair, compare)) {
    const from = now.from + after;
    take(held, { pool: left.pool, from, to: from + count, at: old.from + before });
  }
}

function isChange({ from, to }: Span): boolean {
  return to > from && to - from <= WIDEST_CHANGE;
}
