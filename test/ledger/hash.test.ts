import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../src/ledger/hash.ts';
import { hex, sha256 } from './reference.ts';

// From google/certificate-transparency, python/ct/crypto/merkle_test.py.
test('the hashes of Certificate Transparency come out', () => {
  expect(EMPTY_ROOT.toString('hex')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(leafHash(hex('')).toString('hex')).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  expect(leafHash(hex('101112131415161718191a1b1c1d1e1f')).toString('hex')).toBe(
    '3bfb960453ebaebf33727da7a1f4db38acc051d381b6da20d6d4e88f0eabfd7a',
  );
  const left = Uint8Array.from({ length: 32 }, (_, i) => i);
  const right = left.map((byte) => byte + 32);
  expect(nodeHash(left, right).toString('hex')).toBe(
    '1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57',
  );
});

test('a leaf is SHA-256 of a zero byte and its bytes, whatever was hashed before it', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 700 })), (all) => {
      const hashes = all.map((bytes) => leafHash(bytes));
      expect(hashes).toEqual(all.map((bytes) => sha256(Buffer.of(0), bytes)));
    }),
  );
  for (const length of [65_534, 65_535, 65_536, 200_000]) {
    const bytes = Buffer.alloc(length, 7);
    expect(leafHash(bytes)).toEqual(sha256(Buffer.of(0), bytes));
  }
  expect(leafHash(Buffer.of(1))).toEqual(sha256(Buffer.of(0, 1)));
});

test('a node is over two hashes of 32 bytes and nothing else', () => {
  const whole = Buffer.alloc(32);
  for (const [left, right] of [
    [whole, Buffer.alloc(31)],
    [Buffer.alloc(33), Buffer.alloc(31)],
    [Buffer.alloc(0), whole],
  ] as const)
    expect(() => nodeHash(left, right)).toThrow(
      `expected two hashes of 32 bytes, got ${left.length} and ${right.length}`,
    );
});
