import { endOf } from './align-blocks.ts';
import type { Block, Pair } from './align-blocks.ts';

/**
 * Blocks that begin with tokens found once in either text, in the order in which most of them agree: the idea of
 * Bram Cohen's patience diff, with four tokens in the place of a line, so that wrapping a text anew changes nothing.
 * Linear but for the ordering. Blocks are as long as they can be and do not overlap.
 */
export function anchors(pair: Pair): Block[] {
  const blocks: Block[] = [];
  let end = { before: 0, after: 0 };
  for (const place of longestChain(uniqueGrams(pair))) {
    if (place.before < end.before || place.after < end.after) continue;
    const block = grown(pair, place, end);
    blocks.push(block);
    end = endOf(block);
  }
  return blocks;
}

type Place = { readonly before: number; readonly after: number };

const GRAM = 4;
const REPEATED = -1;

/** Where each run of four stands in a text; what stands in it twice is marked. */
function grams(keys: Int32Array): Map<number, number> {
  const places = new Map<number, number>();
  for (let i = 0; i + GRAM <= keys.length; i += 1) {
    const hash = gramAt(keys, i);
    places.set(hash, places.has(hash) ? REPEATED : i);
  }
  return places;
}

/** 30 bits, which the engine holds without a box. Two grams of one hash cost an anchor and nothing else. */
function gramAt(keys: Int32Array, at: number): number {
  let hash = 0;
  for (let i = at; i < at + GRAM; i += 1)
    hash = Math.imul(hash ^ ((keys[i] ?? 0) + 0x9e37), 0x85ebca6b) ^ (hash >>> 13);
  return hash & 0x3fffffff;
}

/** Runs found once in both, in the order of the newer text. */
function uniqueGrams(pair: Pair): Place[] {
  const olds = grams(pair.before);
  const places: Place[] = [];
  for (const [hash, after] of grams(pair.after)) {
    const before = olds.get(hash) ?? REPEATED;
    if (after === REPEATED || before === REPEATED) continue;
    if (sameRun(pair, { before, after })) places.push({ before, after });
  }
  return places.sort((a, b) => a.after - b.after);
}

function sameRun({ before, after }: Pair, at: Place): boolean {
  for (let i = 0; i < GRAM; i += 1) if (before[at.before + i] !== after[at.after + i]) return false;
  return true;
}

/** The longest row of places that rises in both texts, by patience sorting (Fredman 1975). */
function longestChain(places: readonly Place[]): Place[] {
  const tops: number[] = [];
  const below = new Int32Array(places.length).fill(-1);
  for (const [i, { before }] of places.entries()) {
    const pile = pileFor(before, tops, places);
    below[i] = tops[pile - 1] ?? -1;
    tops[pile] = i;
  }
  const chain: Place[] = [];
  for (let i = tops.at(-1) ?? -1; i >= 0; i = below[i] ?? -1) {
    const place = places[i];
    if (place !== undefined) chain.push(place);
  }
  return chain.reverse();
}

/** The first pile whose top does not stand before this place. */
function pileFor(before: number, tops: readonly number[], places: readonly Place[]): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[tops[middle] ?? 0]?.before ?? 0) < before) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A place made a block: back to where the block before it ends at most, and forward as far as the texts agree. */
function grown({ before, after }: Pair, place: Place, end: Place): Block {
  let from = 0;
  const most = Math.min(place.before - end.before, place.after - end.after);
  while (from < most && before[place.before - from - 1] === after[place.after - from - 1])
    from += 1;
  let to = 0;
  const rest = Math.min(before.length - place.before, after.length - place.after);
  while (to < rest && before[place.before + to] === after[place.after + to]) to += 1;
  return { before: place.before - from, after: place.after - from, count: from + to };
}
