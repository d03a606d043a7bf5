import { hash } from 'node:crypto';

/** The size of every hash of the log, in bytes. */
export const HASH_BYTES = 32;

/** The root of the empty tree: SHA-256 of nothing (RFC 6962 2.1). */
export const EMPTY_ROOT: Buffer = sha256(new Uint8Array());

/** Room for leaves and nodes that are hashed one after another: an entry with its prefix has at most 65,536 bytes. */
const LEAF_ROOM = Buffer.alloc(65_536);
const NODE_ROOM = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** The hash of a leaf that holds `bytes`: SHA-256 of 0x00 and the bytes (RFC 6962 2.1), 32 bytes. */
export function leafHash(bytes: Uint8Array): Buffer {
  const size = bytes.length + 1;
  const room = size <= LEAF_ROOM.length ? LEAF_ROOM.subarray(0, size) : Buffer.alloc(size);
  room.set(bytes, 1);
  return sha256(room);
}

/** The hash over two subtrees: SHA-256 of 0x01, left and right (RFC 6962 2.1). Throws Error unless both have 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
    throw new Error(`expected two hashes of 32 bytes, got ${left.length} and ${right.length}`);
  NODE_ROOM.set(left, 1);
  NODE_ROOM.set(right, 1 + HASH_BYTES);
  return sha256(NODE_ROOM);
}

/** SHA-256 of `bytes`. By way of a string, because that is twice as fast on Node 20 as asking for a Buffer. */
export function sha256(bytes: Uint8Array): Buffer {
  const digest = Buffer.allocUnsafe(HASH_BYTES);
  digest.write(hash('sha256', bytes, 'binary'), 'latin1');
  return digest;
}
