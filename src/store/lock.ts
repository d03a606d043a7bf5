import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV = 12;
const TAG = 16;

/**
 * AES-256-GCM under a fresh nonce: iv (12 bytes), tag (16) and ciphertext in one. `id` is authenticated with it, so
 * that what belongs to two bodies cannot be swapped.
 */
export function lock(key: Uint8Array, plain: Uint8Array, id: string): Uint8Array {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** What was locked. Throws Error when the key is another, or a byte or the id was changed. */
export function unlock(key: Uint8Array, locked: Uint8Array, id: string): Buffer {
  const bytes = Buffer.from(locked);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
}
