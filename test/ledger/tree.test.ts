import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../src/ledger/hash.ts';
import { checkConsistency, rootFromInclusion } from '../../src/ledger/proof.ts';
import { type Frontier, growTree, packPeaks, rootOf, unpackPeaks } from '../../src/ledger/tree.ts';
import { hex, reference, someLeaves, VECTORS } from './reference.ts';

const LEAVES = someLeaves(130);
const TOLD = reference(LEAVES);

function grown(leaves: readonly Buffer[], from?: Frontier) {
  const tree = growTree(from);
  for (const leaf of leaves) tree.append(leaf);
  return tree;
}

/** A frontier of any size, with made-up peaks: nobody has a log of 2^32 entries at hand. */
function synthetic(size: number): Frontier {
  const count = size.toString(2).replaceAll('0', '').length;
  return { size, peaks: someLeaves(count) };
}

test('the roots of Certificate Transparency come out', () => {
  const tree = growTree();
  expect(tree.root()).toEqual(EMPTY_ROOT);
  for (const [leaf, root] of VECTORS) {
    tree.append(leafHash(hex(leaf)));
    expect(tree.root().toString('hex')).toBe(root);
  }
  expect(tree.size()).toBe(8);
});

test('every size has the root that RFC 6962 says, in the tree and in its frontier', () => {
  const tree = growTree();
  for (const [i, leaf] of LEAVES.entries()) {
    tree.append(leaf);
    expect(tree.root()).toEqual(TOLD.root(i + 1));
    expect(rootOf(tree.frontier())).toEqual(TOLD.root(i + 1));
  }
});

test('growing on from a frontier is growing from the beginning', () => {
  const cut = fc.nat({ max: LEAVES.length });
  fc.assert(
    fc.property(cut, cut, (a, b) => {
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      const frontier = grown(LEAVES.slice(0, first)).frontier();
      const again = unpackPeaks(frontier.size, packPeaks(frontier));
      expect(again).toEqual(frontier);
      const tree = grown(LEAVES.slice(first, second), again);
      expect(tree.size()).toBe(second);
      expect(tree.root()).toEqual(TOLD.root(second));
    }),
  );
});

test('a frontier stays as it was when its tree grows on', () => {
  const tree = grown(LEAVES.slice(0, 7));
  const before = tree.frontier();
  tree.append(LEAVES[7] as Buffer);
  expect(before).toEqual(grown(LEAVES.slice(0, 7)).frontier());
  grown(LEAVES.slice(0, 9), before);
  expect(rootOf(before)).toEqual(TOLD.root(7));
});

const SIZES = [2 ** 31, 2 ** 32, 2 ** 33, 2 ** 52, 2 ** 53 - 3]
  .flatMap((size) => [size - 2, size - 1, size, size + 1])
  .filter((size) => size < Number.MAX_SAFE_INTEGER);
const anySize = fc.oneof(
  fc.constantFrom(...SIZES),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER - 1 }),
);

test('sizes beyond 32 bits grow, and their proofs hold', () => {
  const leaf = LEAVES[129] as Buffer;
  fc.assert(
    fc.property(anySize, (size) => {
      const before = synthetic(size);
      const after = grown([leaf], before);
      const up = before.peaks.toReversed();
      const root = up.reduce<Buffer>((below, peak) => nodeHash(peak, below), leaf);
      // Whatever two full subtrees became one, the new leaf hangs below the same peaks from right to left.
      expect(after.root()).toEqual(root);
      expect(rootFromInclusion({ leaf, index: size, size: size + 1, proof: up })).toEqual(root);
      const [last, ...rest] = up;
      const proof = rest.length === 0 ? [leaf] : [last as Buffer, leaf, ...rest];
      const claim = { from: size, to: size + 1, fromRoot: rootOf(before), toRoot: root, proof };
      expect(checkConsistency(claim)).toBe(true);
      expect(checkConsistency({ ...claim, toRoot: rootOf(before) })).toBe(false);
      expect(after.frontier().peaks).toHaveLength(synthetic(size + 1).peaks.length);
    }),
    { numRuns: 300, examples: SIZES.map((size) => [size]) },
  );
});

test('a full carry at 2^32 leaves one peak', () => {
  const tree = grown([LEAVES[0] as Buffer], synthetic(2 ** 32 - 1));
  expect(tree.size()).toBe(4_294_967_296);
  expect(tree.frontier().peaks).toEqual([tree.root()]);
});

test('peaks that do not fit the size are refused', () => {
  const packed = packPeaks(grown(LEAVES.slice(0, 5)).frontier());
  expect(packed).toHaveLength(64);
  expect(() => unpackPeaks(7, packed)).toThrow('a log of size 7 has 3 peaks, got 2');
  expect(() => unpackPeaks(4, packed)).toThrow('a log of size 4 has 1 peaks, got 2');
  expect(() => unpackPeaks(5, packed.subarray(1))).toThrow('a peak has 32 bytes, got 31');
  expect(() => unpackPeaks(5, packed.subarray(32))).toThrow('a log of size 5 has 2 peaks, got 1');
  expect(unpackPeaks(0, new Uint8Array())).toEqual({ size: 0, peaks: [] });
  for (const size of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    for (const use of [
      () => unpackPeaks(size, packed),
      () => growTree({ size, peaks: [] }),
      () => rootOf({ size, peaks: [] }),
      () => packPeaks({ size, peaks: [] }),
    ])
      expect(use).toThrow(`the size of a log is a whole number, got ${size}`);
});

test('a leaf that is no hash is refused, and so is one too many', () => {
  const tree = growTree();
  expect(() => tree.append(Buffer.from('leaf'))).toThrow('expected a leaf hash of 32 bytes, got 4');
  expect(tree.size()).toBe(0);
  const full = growTree(synthetic(Number.MAX_SAFE_INTEGER));
  const root = full.root();
  expect(() => full.append(LEAVES[0] as Buffer)).toThrow(
    'a log holds at most 9007199254740991 entries',
  );
  expect(full.root()).toEqual(root);
});

test('unpacked peaks are copies: what is done to the bytes does not reach them', () => {
  const bytes = packPeaks(grown(LEAVES.slice(0, 3)).frontier());
  const frontier = unpackPeaks(3, bytes);
  bytes.fill(0);
  expect(rootOf(frontier)).toEqual(TOLD.root(3));
});
