import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash.ts';

/**
 * All that must be kept of a tree to let it grow: the roots of its full subtrees from left to right, that is one for
 * each set bit of the size, the largest first (a compact range). At most 53 hashes for any size.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly Buffer[] };

/** A tree that grows to the right, after RFC 6962. It keeps the given Buffers: whoever hands them over must not change them. */
export type Tree = {
  /** Adds a leaf hash (32 bytes). Throws Error for other lengths and beyond 2^53 - 1 leaves. */
  append(leaf: Buffer): void;
  size(): number;
  /** The root over all leaves so far. */
  root(): Buffer;
  /** What there is now; it stays as it is when the tree grows on. */
  frontier(): Frontier;
};

/** Grows an empty tree, or goes on from a frontier. Throws Error for a frontier whose peaks do not fit its size. */
export function growTree(from: Frontier = { size: 0, peaks: [] }): Tree {
  checkFrontier(from);
  const peaks = [...from.peaks];
  let size = from.size;
  return {
    append(leaf) {
      if (leaf.length !== HASH_BYTES)
        throw new Error(`expected a leaf hash of 32 bytes, got ${leaf.length}`);
      if (size === Number.MAX_SAFE_INTEGER) throw new Error(`a log holds at most ${size} entries`);
      push(peaks, leaf, size);
      size += 1;
    },
    size: () => size,
    root: () => fold(peaks),
    frontier: () => ({ size, peaks: [...peaks] }),
  };
}

/** The root of the tree that a frontier stands for. Throws Error for a frontier whose peaks do not fit its size. */
export function rootOf(frontier: Frontier): Buffer {
  checkFrontier(frontier);
  return fold(frontier.peaks);
}

/** The peaks of a frontier as bytes, one after another; the size must be kept beside them. */
export function packPeaks(frontier: Frontier): Buffer {
  checkFrontier(frontier);
  return Buffer.concat(frontier.peaks);
}

/** Reads packed peaks back. Throws Error when there are not as many as a tree of that size has. */
export function unpackPeaks(size: number, bytes: Uint8Array): Frontier {
  const count = Math.ceil(bytes.length / HASH_BYTES);
  const peaks = Array.from({ length: count }, (_, i) =>
    Buffer.from(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
  );
  const frontier = { size, peaks };
  checkFrontier(frontier);
  return frontier;
}

/** Two full subtrees of the same height become one, as a carry does in binary counting. */
function push(peaks: Buffer[], leaf: Buffer, size: number): void {
  let top = leaf;
  // Halving and not shifting: sizes pass 2^32, where the shifts of JavaScript wrap around.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = peaks.pop();
    if (left !== undefined) top = nodeHash(left, top);
  }
  peaks.push(top);
}

function fold(peaks: readonly Buffer[]): Buffer {
  const last = peaks.at(-1);
  if (last === undefined) return EMPTY_ROOT;
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

function checkFrontier({ size, peaks }: Frontier): void {
  if (!Number.isSafeInteger(size) || size < 0)
    throw new Error(`the size of a log is a whole number, got ${size}`);
  const expected = setBits(size);
  if (peaks.length !== expected)
    throw new Error(`a log of size ${size} has ${expected} peaks, got ${peaks.length}`);
  const odd = peaks.find((peak) => peak.length !== HASH_BYTES);
  if (odd !== undefined) throw new Error(`a peak has 32 bytes, got ${odd.length}`);
}

function setBits(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
