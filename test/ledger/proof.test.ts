import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_ROOT, leafHash } from '../../src/ledger/hash.ts';
import {
  checkConsistency,
  consistencyProof,
  type Consistency,
  type Inclusion,
  inclusionProof,
  rootFromInclusion,
} from '../../src/ledger/proof.ts';
import { hex, reference, someLeaves, VECTORS } from './reference.ts';

const LEAVES = someLeaves(130);
const TOLD = reference(LEAVES);
const leafAt = (index: number): Buffer => LEAVES[index] as Buffer;

/** Not toEqual: there are tens of thousands to compare, and it is slow on bytes. */
function sameHashes(one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean {
  return Buffer.concat(one).equals(Buffer.concat(other));
}

const claimOf = (from: number, to: number): Consistency => ({
  from,
  to,
  fromRoot: TOLD.root(from),
  toRoot: TOLD.root(to),
  proof: consistencyProof(LEAVES.slice(0, to), from),
});

test('every inclusion proof to size 130 is that of RFC 6962 and leads to the root', () => {
  for (let size = 1; size <= LEAVES.length; size += 1) {
    const leaves = LEAVES.slice(0, size);
    for (const [index, leaf] of leaves.entries()) {
      const proof = inclusionProof(leaves, index);
      expect(sameHashes(proof, TOLD.inclusion(index, size))).toBe(true);
      expect(leads({ leaf, index, size, proof }, TOLD.root(size))).toBe(true);
    }
  }
});

test('every consistency proof to size 130 is that of RFC 6962 and holds', () => {
  for (let to = 1; to <= LEAVES.length; to += 1)
    for (let from = 1; from <= to; from += 1) {
      const claim = claimOf(from, to);
      expect(sameHashes(claim.proof, TOLD.consistency(from, to))).toBe(true);
      expect(checkConsistency(claim)).toBe(true);
    }
});

// From google/certificate-transparency, python/ct/crypto/merkle_test.py ("lifted from the C++ branch").
const PUBLISHED: readonly (readonly [from: number, to: number, proof: readonly string[]])[] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

test('the consistency proofs of Certificate Transparency come out and hold', () => {
  const leaves = VECTORS.map(([leaf]) => leafHash(hex(leaf)));
  const rootAt = (size: number) => hex(VECTORS[size - 1]?.[1] ?? '');
  for (const [from, to, wanted] of PUBLISHED) {
    const proof = consistencyProof(leaves.slice(0, to), from);
    expect(proof.map((hash) => hash.toString('hex'))).toEqual(wanted);
    const claim = { from, to, fromRoot: rootAt(from), toRoot: rootAt(to), proof };
    expect(checkConsistency(claim)).toBe(true);
  }
});

// The same file: a certificate in a real log of 3,630,887.
const REAL_PATH = `
  1a208aeebcd1b39fe2de247ee8db9454e1e93a312d206b87f6ca9cc6ec6f1ddd
  0a1b78b383f580856f433c01a5741e160d451c185910027f6cc9f828687a40c4
  3d1745789bc63f2da15850de1c12a5bf46ed81e1cc90f086148b1662e79aab3d
  9095b61e14d8990acf390905621e62b1714fb8e399fbb71de5510e0aef45affe
  0a332b91b8fab564e6afd1dd452449e04619b18accc0ff9aa8393cd4928451f2
  2336f0181d264aed6d8f3a6507ca14a8d3b3c3a23791ac263e845d208c1ee330
  b4ce56e300590500360c146c6452edbede25d4ed83919278749ee5dbe178e048
  933f6ddc848ea562e4f9c5cfb5f176941301dad0c6fdb9d1fbbe34fac1be6966
  b95a6222958a86f74c030be27c44f57dbe313e5e7c7f4ffb98bcbd3a03bb52f2
  daeeb3ce5923defd0faeb8e0c210b753b85b809445d7d3d3cd537a9aabaa9c45
  7fadd0a13e9138a2aa6c3fdec4e2275af233b94812784f66bcca9aa8e989f2bc
  1864e6ba3e32878610546539734fb5eeae2529991f130c575c73a7e25a2a7c56
  12842d1202b1dc6828a17ab253c02e7ce9409b5192430feba44189f39cc02d66
  29af64b16fa3053c13d02ac63aa75b23aa468506e44c3a2315edc85d2dc22b11
  b527b99934a0bd9edd154e449b0502e2c499bba783f3bc3dfe23364b6b532009
  4584db8ae8e351ace08e01f306378a92bfd43611714814f3d834a2842d69faa8
  86a9a41573b0d6e4292f01e93243d6cc65b30f06606fc6fa57390e7e90ed580f
  a88b98fbe84d4c6aae8db9d1605dfac059d9f03fe0fcb0d5dff1295dacba09e6
  06326dc617a6d1f7021dc536026dbfd5fffc6f7c5531d48ef6ccd1ed1569f2a1
  f41fe8fdc3a2e4e8345e30216e7ebecffee26ff266eeced208a6c2a3cf08f960
  40cf5bde8abb76983f3e98ba97aa36240402975674e120f234b3448911090f8d
  b3222dc8658538079883d980d7fdc2bef9285344ea34338968f736b04aeb387a`;

test('a real inclusion proof leads to its published root', () => {
  const root = rootFromInclusion({
    leaf: hex('7a395c866d5ecdb0cccb623e011dbc392cd348d1d1d72776174e127a24b09c78'),
    index: 848_049,
    size: 3_630_887,
    proof: REAL_PATH.trim().split(/\s+/).map(hex),
  });
  expect(root.toString('hex')).toBe(
    '78316a05c9bcf14a3a4548f5b854a9adfcd46a4c034401b3ce7eb7ac2f1d0ecb',
  );
});

/** Ways to spoil a list of hashes. Each gives another list than it got, or undefined where it cannot. */
const SPOIL = {
  flip: (hashes: readonly Uint8Array[], at: number, bit: number) =>
    hashes.map((hash, i) => (i === at ? flipped(hash, bit) : hash)),
  drop: (hashes: readonly Uint8Array[], at: number) => hashes.toSpliced(at, 1),
  repeat: (hashes: readonly Uint8Array[], at: number) =>
    hashes.toSpliced(at, 0, hashes[at] as Buffer),
  swap: (hashes: readonly Uint8Array[], at: number) => {
    const [one, other] = [hashes[at] as Buffer, hashes[at + 1]];
    return other === undefined ? undefined : hashes.toSpliced(at, 2, other, one);
  },
  add: (hashes: readonly Uint8Array[], at: number) => hashes.toSpliced(at, 0, leafAt(129)),
  append: (hashes: readonly Uint8Array[]) => [...hashes, leafAt(129)],
  shorten: (hashes: readonly Uint8Array[], at: number) =>
    hashes.map((hash, i) => (i === at ? hash.subarray(1) : hash)),
} as const;

function flipped(hash: Uint8Array, bit: number): Buffer {
  const other = Buffer.from(hash);
  other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
}

const spoil = fc.record({
  way: fc.constantFrom(...Object.values(SPOIL)),
  at: fc.nat(),
  bit: fc.nat({ max: 255 }),
});

/** The proof spoiled in one way, or undefined where that way leaves nothing to spoil. */
function spoiled(
  proof: readonly Uint8Array[],
  { way, at, bit }: { way: (typeof SPOIL)[keyof typeof SPOIL]; at: number; bit: number },
): readonly Uint8Array[] | undefined {
  return proof.length === 0 ? undefined : way(proof, at % proof.length, bit);
}

const range = fc
  .integer({ min: 1, max: LEAVES.length - 1 })
  .chain((size) => fc.tuple(fc.nat({ max: size - 1 }), fc.constant(size)));

test('a spoiled inclusion proof never leads to the root', () => {
  fc.assert(
    fc.property(range, spoil, fc.nat({ max: 255 }), ([index, size], how, bit) => {
      const leaf = leafAt(index);
      const proof = TOLD.inclusion(index, size);
      const root = TOLD.root(size);
      const other = spoiled(proof, how);
      if (other !== undefined) expect(leads({ leaf, index, size, proof: other }, root)).toBe(false);
      expect(leads({ leaf: flipped(leaf, bit), index, size, proof }, root)).toBe(false);
      const places = LEAVES.slice(0, size).map((_, i) =>
        leads({ leaf, index: i, size, proof }, root),
      );
      expect(places.indexOf(true)).toBe(index);
      expect(places.lastIndexOf(true)).toBe(index);
    }),
    { numRuns: 500 },
  );
});

function leads(claim: Inclusion, root: Buffer): boolean {
  try {
    return rootFromInclusion(claim).equals(root);
  } catch {
    return false;
  }
}

test('a spoiled consistency proof never holds', () => {
  fc.assert(
    fc.property(range, spoil, fc.nat({ max: 255 }), ([from, to], how, bit) => {
      const claim = claimOf(from + 1, to);
      const other = spoiled(claim.proof, how);
      if (other !== undefined) expect(checkConsistency({ ...claim, proof: other })).toBe(false);
      const { fromRoot, toRoot } = claim;
      expect(checkConsistency({ ...claim, fromRoot: flipped(fromRoot, bit) })).toBe(false);
      expect(checkConsistency({ ...claim, toRoot: flipped(toRoot, bit) })).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('a log that was cut or written anew is not consistent with itself before', () => {
  const forged = LEAVES.with(40, leafAt(129));
  for (const to of [41, 64, 100, 129]) {
    const toRoot = reference(forged).root(to);
    const proof = consistencyProof(forged.slice(0, to), 41);
    expect(checkConsistency({ from: 41, to, fromRoot: TOLD.root(41), toRoot, proof })).toBe(false);
  }
  const back = { ...claimOf(41, 64), from: 64, to: 41 };
  expect(checkConsistency(back)).toBe(false);
});

test('the empty log begins every log, and has one root', () => {
  const claim = claimOf(0, 5);
  expect(claim.proof).toEqual([]);
  expect(checkConsistency(claim)).toBe(true);
  expect(checkConsistency({ ...claim, fromRoot: TOLD.root(1) })).toBe(false);
  expect(checkConsistency({ ...claim, proof: [leafAt(0)] })).toBe(false);
  const nothing = { from: 0, to: 0, fromRoot: EMPTY_ROOT, toRoot: EMPTY_ROOT, proof: [] };
  expect(checkConsistency(nothing)).toBe(true);
  const wrong = { ...nothing, fromRoot: leafAt(0), toRoot: leafAt(0) };
  expect(checkConsistency(wrong)).toBe(false);
  expect(checkConsistency({ ...claimOf(5, 5), proof: [leafAt(0)] })).toBe(false);
});

test('sizes and hashes that are none are refused', () => {
  const claim = claimOf(3, 7);
  for (const from of [-1, 1.5, Number.NaN, 2 ** 53, 8])
    expect(checkConsistency({ ...claim, from })).toBe(false);
  for (const to of [-1, 6.5, Number.NaN, 2 ** 53])
    expect(checkConsistency({ ...claim, to })).toBe(false);
  expect(checkConsistency({ ...claim, proof: [] })).toBe(false);
  expect(checkConsistency({ ...claim, fromRoot: claim.fromRoot.subarray(1) })).toBe(false);

  const good = { leaf: leafAt(2), index: 2, size: 7, proof: TOLD.inclusion(2, 7) };
  for (const index of [-1, 7, 1.5, Number.NaN])
    expect(() => rootFromInclusion({ ...good, index })).toThrow(
      `expected an index below 7, got ${index}`,
    );
  for (const size of [0, -1, Number.NaN, 2 ** 53])
    expect(() => rootFromInclusion({ ...good, size })).toThrow('expected an index below');
  expect(() => rootFromInclusion({ ...good, proof: good.proof.slice(1) })).toThrow(
    'the proof for entry 2 of 7 has 3 hashes, got 2',
  );
  expect(() => rootFromInclusion({ ...good, proof: [...good.proof, leafAt(0)] })).toThrow(
    'the proof for entry 2 of 7 has 3 hashes, got 4',
  );
  expect(() => rootFromInclusion({ ...good, leaf: Buffer.from('leaf') })).toThrow(
    'expected hashes of 32 bytes, got 4 bytes',
  );

  expect(() => inclusionProof(LEAVES, 130)).toThrow('expected an index below 130, got 130');
  expect(() => inclusionProof([], 0)).toThrow('expected an index below 0, got 0');
  expect(() => consistencyProof(LEAVES, 131)).toThrow('expected an index below 131, got 131');
});
