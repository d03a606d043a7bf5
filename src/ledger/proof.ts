import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash.ts';
import { growTree } from './tree.ts';

/** That a leaf hash stands at `index` (from 0) of a log of `size` entries. */
export type Inclusion = {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
};

/** That the log of size `to` begins with the whole log of size `from`. */
export type Consistency = {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/**
 * The hashes that lead from the leaf hash at `index` to the root over all `leaves`, the leaf's sibling first
 * (RFC 6962 2.1.1). Hashes every leaf once. Throws Error for an index outside the leaves.
 */
export function inclusionProof(leaves: readonly Buffer[], index: number): readonly Buffer[] {
  checkIndex(index, leaves.length);
  const proof: Buffer[] = [];
  let [low, high] = [0, leaves.length];
  while (high - low > 1) {
    const middle = low + split(high - low);
    const inLeft = index < middle;
    proof.push(inLeft ? rootOver(leaves, middle, high) : rootOver(leaves, low, middle));
    if (inLeft) high = middle;
    else low = middle;
  }
  return proof.reverse();
}

/**
 * The hashes that show that the log of all `leaves` begins with its first `from` (RFC 6962 2.1.2); none for the empty
 * log and for the whole. Throws Error for a `from` outside 0 to the number of leaves.
 */
export function consistencyProof(leaves: readonly Buffer[], from: number): readonly Buffer[] {
  checkIndex(from, leaves.length + 1);
  if (from === 0) return [];
  const proof: Buffer[] = [];
  let [low, high] = [0, leaves.length];
  while (high !== from) {
    const middle = low + split(high - low);
    const inLeft = from <= middle;
    proof.push(inLeft ? rootOver(leaves, middle, high) : rootOver(leaves, low, middle));
    if (inLeft) high = middle;
    else low = middle;
  }
  // What is left is a full subtree at the end of the older log. Where it is that whole log, its root is known.
  if (low > 0) proof.push(rootOver(leaves, low, high));
  return proof.reverse();
}

/**
 * The root that an inclusion proof leads to; the caller compares it with a signed one (RFC 9162 2.1.3.2). Throws Error
 * for an index outside the size, a proof that is too long or too short, and hashes that do not have 32 bytes.
 */
export function rootFromInclusion({ leaf, index, size, proof }: Inclusion): Buffer {
  checkIndex(index, size);
  checkHashes([leaf, ...proof]);
  const sides = climb(index, size - 1);
  if (proof.length !== sides.length)
    throw new Error(
      `the proof for entry ${index} of ${size} has ${sides.length} hashes, got ${proof.length}`,
    );
  return proof.reduce<Buffer>(
    (below, hash, i) => (sides[i] === 'left' ? nodeHash(hash, below) : nodeHash(below, hash)),
    Buffer.from(leaf),
  );
}

/**
 * Whether the proof shows that the log with `toRoot` begins with the log with `fromRoot` (RFC 9162 2.1.4.2). False
 * for every malformed input. The empty log begins every log, without a proof.
 */
export function checkConsistency(claim: Consistency): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim;
  if (![from, to].every(Number.isSafeInteger) || from < 0 || to < from) return false;
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === to) return proof.length === 0 && same(fromRoot, toRoot) && rootFits(from, fromRoot);
  if (from === 0) return proof.length === 0 && rootFits(from, fromRoot);
  return leadsToBoth(claim);
}

/** Climbs from the last full subtree of the older log to both roots at once. */
function leadsToBoth({ from, to, fromRoot, toRoot, proof }: Consistency): boolean {
  let [node, last] = [from - 1, to - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // A full tree is its own last full subtree: the proof does not repeat its root.
  const path = node === 0 ? [fromRoot, ...proof] : proof;
  const [first, ...rest] = path;
  const sides = climb(node, last);
  if (first === undefined || rest.length !== sides.length) return false;
  let [older, newer] = [first, first];
  for (const [i, hash] of rest.entries()) {
    const isLeft = sides[i] === 'left';
    if (isLeft) older = nodeHash(hash, older);
    newer = isLeft ? nodeHash(hash, newer) : nodeHash(newer, hash);
  }
  return same(older, fromRoot) && same(newer, toRoot);
}

/**
 * On which side the sibling stands at each level, from node `node` up, in a level whose last node is `last`. A level on
 * which the node has no sibling is left out, so the count is the exact length of the proof.
 */
function climb(node: number, last: number): readonly ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  for (let [at, end] = [node, last]; end > 0; [at, end] = [half(at), half(end)]) {
    if (at % 2 === 1) sides.push('left');
    else if (at < end) sides.push('right');
  }
  return sides;
}

/** Not a shift: sizes pass 2^32, where the shifts of JavaScript wrap around. */
function half(n: number): number {
  return Math.floor(n / 2);
}

/** The largest power of two below `count`. */
function split(count: number): number {
  let size = 1;
  while (size * 2 < count) size *= 2;
  return size;
}

function rootOver(leaves: readonly Buffer[], low: number, high: number): Buffer {
  const tree = growTree();
  for (const leaf of leaves.slice(low, high)) tree.append(leaf);
  return tree.root();
}

function rootFits(size: number, root: Uint8Array): boolean {
  return size > 0 || same(root, EMPTY_ROOT);
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

function checkHashes(hashes: readonly Uint8Array[]): void {
  const odd = hashes.find((hash) => !isHash(hash));
  if (odd !== undefined) throw new Error(`expected hashes of 32 bytes, got ${odd.length} bytes`);
}

function checkIndex(index: number, count: number): void {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(index) || index < 0 || index >= count)
    throw new Error(`expected an index below ${count}, got ${index}`);
}
