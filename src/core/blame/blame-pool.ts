import type { Effort } from './align-blocks.ts';
import { tells } from '../rarity.ts';
import type { Rarity, Span } from '../rarity.ts';

/** Stretches of text that stood somewhere before, in which runs are looked for. */
export type Pool = {
  /** How many tokens a run is looked up by. */
  readonly gram: number;
  /** The keys of all stretches, one after the other, with END between them. */
  readonly keys: number[];
  /** Which written token each of them was. */
  readonly ids: number[];
  /** Where each gram was found last, and for each place where its gram was found before that. */
  readonly heads: Map<number, number>;
  readonly earlier: number[];
};

/** A run of an added stretch that stands in a pool from `at` on. */
export type Found = Span & { readonly pool: Pool; readonly at: number };

/** Where to look, and what a run must tell to have come from there. */
export type Sought = { readonly pool: Pool; readonly needed: number };

/** Looking for runs: where, how much each token tells, and how much may still be done. */
export type Search = {
  readonly sought: readonly Sought[];
  readonly rarity: Rarity;
  readonly effort: Effort;
};

/** As many places of one gram are tried, the last ones. */
const MOST_TRIED = 32;
const END = -1;
const NONE = -1;

export function newPool(gram: number): Pool {
  return { gram, keys: [], ids: [], heads: new Map(), earlier: [] };
}

/** Adds a stretch; gives where it begins in the pool. */
export function addStretch(pool: Pool, keys: Int32Array, ids: Int32Array): number {
  const begin = pool.keys.length;
  for (let i = 0; i <= keys.length; i += 1) {
    pool.keys.push(keys[i] ?? END);
    pool.ids.push(ids[i] ?? NONE);
    pool.earlier.push(NONE);
  }
  for (let i = begin; i + pool.gram < pool.keys.length; i += 1) {
    const hash = gramAt(pool.keys, i, pool.gram);
    pool.earlier[i] = pool.heads.get(hash) ?? NONE;
    pool.heads.set(hash, i);
  }
  return begin;
}

/** 30 bits, which the engine holds without a box; places of another gram with the same hash are seen to be none. */
function gramAt(keys: Int32Array | readonly number[], at: number, gram: number): number {
  let hash = 0;
  for (let i = at; i < at + gram; i += 1)
    hash = Math.imul(hash, 0x01000193) ^ ((keys[i] ?? END) + 0x9e37);
  return hash & 0x3fffffff;
}

/**
 * The runs of an added stretch that stood elsewhere, in order, none overlapping: at each place the one that tells most
 * beyond what it must. Stops looking when the effort is spent, and says so there.
 */
export function findRuns(keys: Int32Array, span: Span, search: Search): Found[] {
  const found: Found[] = [];
  let end = span.from;
  for (let at = span.from; at < span.to; at += 1) {
    if (search.effort.search <= 0) {
      search.effort.coarse = true;
      break;
    }
    const best = bestAt(keys, { from: end, to: span.to }, { at, search });
    if (best === null) continue;
    found.push(best);
    end = best.to;
    at = end - 1;
  }
  return found;
}

type Here = { readonly at: number; readonly search: Search };

function bestAt(keys: Int32Array, span: Span, { at, search }: Here): Found | null {
  let best: Found | null = null;
  let most = 0;
  for (const { pool, needed } of search.sought) {
    let place = placeOf(pool, keys, { from: at, to: span.to });
    for (let tried = 0; place !== NONE && tried < MOST_TRIED; tried += 1) {
      const run = grown(keys, span, { pool, at, place });
      search.effort.search -= 1 + run.to - run.from;
      const beyond = tells(keys, search.rarity, run) - needed;
      if (beyond > most) {
        best = run;
        most = beyond;
      }
      place = pool.earlier[place] ?? NONE;
    }
  }
  return best;
}

function placeOf(pool: Pool, keys: Int32Array, { from, to }: Span): number {
  if (from + pool.gram > to) return NONE;
  return pool.heads.get(gramAt(keys, from, pool.gram)) ?? NONE;
}

type Seed = { readonly pool: Pool; readonly at: number; readonly place: number };

/** As long as both agree, in both directions. Empty where only the hashes agreed. */
function grown(keys: Int32Array, span: Span, { pool, at, place }: Seed): Found {
  let after = 0;
  while (at + after < span.to && keys[at + after] === pool.keys[place + after]) after += 1;
  if (after === 0) return { pool, from: at, to: at, at: place };
  let back = 0;
  while (at - back > span.from && keys[at - back - 1] === pool.keys[place - back - 1]) back += 1;
  return { pool, from: at - back, to: at + after, at: place - back };
}
