import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { makeSigner, type Signer } from '../../src/ledger/note.ts';

/** The fixed head of a PKCS#8 Ed25519 key (RFC 8410); the 32 bytes of the seed follow. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function keyOfSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** The keys that Go publishes for trying: golang.org/x/mod sumdb/note, note_test.go and example_test.go. */
export const PETER = {
  name: 'PeterNeumann',
  key: keyOfSeed(Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1)),
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
} as const;
export const ENOCH = {
  name: 'EnochRoot',
  key: keyOfSeed(Buffer.alloc(32)),
  vkey: 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop',
} as const;

/** A signer with a new key, and that key's public half. */
export function newSigner(name: string): Signer & { readonly publicKey: KeyObject } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { ...makeSigner(name, privateKey), publicKey: createPublicKey(privateKey) };
}

/** What it is after each spoiling of one byte that is still UTF-8: changed, left out, or doubled. */
export function* spoiledBytes(text: string): Generator<string> {
  const bytes = Buffer.from(text);
  for (const [at, byte] of bytes.entries()) {
    for (const other of [byte ^ 1, byte ^ 4, byte ^ 32, byte ^ 128, 10, 32])
      if (other !== byte) yield* decoded(bytes.with(at, other));
    yield* decoded(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]));
    yield* decoded(Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]));
  }
}

function* decoded(bytes: Uint8Array): Generator<string> {
  try {
    yield new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8: it is refused before it is a text.
  }
}
