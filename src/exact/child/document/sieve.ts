import { unzipSync, zipSync } from 'fflate';
import { Unreadable } from './reader.ts';

/** Unpacked bytes and number of parts that an Office file may have: some twenty times what a text at its longest takes. */
const MOST = { bytes: 24 * 1024 * 1024, parts: 5_000 };

/** The first bytes of a compound file: an Office file with a password is put into one, and the old formats are one. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP = [0x50, 0x4b];

/**
 * An Office file with nothing in it but the parts that hold its text, packed without compression. So no library meets
 * what would swell when unpacked, macros, pictures, embedded files, or XML that defines entities.
 * Throws `Unreadable`.
 */
export function sieve(bytes: Uint8Array, wanted: RegExp): Uint8Array {
  if (begins(bytes, COMPOUND))
    throw new Unreadable(
      'it is locked with a password, or of an older format under a new name. Save it anew without a password.',
    );
  if (!begins(bytes, ZIP)) throw new Error('no zip');
  const parts = unpacked(bytes, wanted);
  for (const part of Object.values(parts)) holdPlain(part);
  return zipSync(parts, { level: 0 });
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/** A part that says it is small and is not is cut off where it said it ends, and is broken XML then. */
function unpacked(bytes: Uint8Array, wanted: RegExp): Record<string, Uint8Array> {
  let parts = 0;
  let size = 0;
  return unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      parts += 1;
      const isWanted = wanted.test(name);
      size += isWanted ? originalSize : 0;
      if (parts > MOST.parts || size > MOST.bytes)
        throw new Unreadable(
          `unpacked it is larger than ${MOST.bytes / 1024 / 1024} MB or ${MOST.parts} parts, far more than a text needs. Send the part it is about.`,
        );
      return isWanted;
    },
  });
}

/** No program of an office writes a document type definition: it can only be there to name other files or to swell. */
function holdPlain(part: Uint8Array): void {
  const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY') || text.subarray(0, 64).includes(0))
    throw new Unreadable(
      'it carries definitions that no Office program writes, which may be meant to do harm. Add its text.',
    );
}
