import { createHash } from 'node:crypto';
import { sha256 } from '../draft.ts';
import type { Tokens } from '../token.ts';

/** A file of a version: its bytes by their hash, and its text, which is null for bytes that are no text. */
export type VersionFile = {
  readonly name: string;
  readonly sha256: string;
  readonly text: string | null;
};

/** One version of the work: who made it, as a key that only the caller can read, and all its files. */
export type Version = { readonly source: string; readonly files: readonly VersionFile[] };

/** A file read into its tokens. */
export type Read = { readonly file: VersionFile; readonly tokens: Tokens };

/** A file of which is known, token by token, which written one it is. */
export type Held = Read & {
  /** Numbers of written tokens; UNWRITTEN while nobody knows. */
  readonly ids: Int32Array;
  /** Whether a comparing on the way here was given up, so that only long runs kept their author. */
  readonly coarse: boolean;
};

export const UNWRITTEN = -1;

/** A file as it is in a version. Bytes that are not UTF-8, or that hold a zero, are no text. */
export function versionFile(name: string, bytes: Uint8Array): VersionFile {
  return { name, sha256: sha256(bytes), text: textOf(bytes) };
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What a text says, whatever its white space: the hash of its keys. */
export function saying({ keys }: Tokens): string {
  return createHash('sha256')
    .update(new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength))
    .digest('base64');
}
