import { createHash } from 'node:crypto';

/** One named file of a deliverable: its bytes are known only by size and hash here. */
export type FileMark = { readonly name: string; readonly size: number; readonly sha256: string };

/** SHA-256 hex of bytes. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The hash of a draft: SHA-256 of the canonical list of its files (name, size, sha256, sorted by name in
 * UTF-16 code unit order, one JSON array a line). What a person approves is this and nothing else.
 */
export function draftHash(files: readonly FileMark[]): string {
  const list = [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return sha256(list.map((f) => `${JSON.stringify([f.name, f.size, f.sha256])}\n`).join(''));
}
