import { CAPS } from '../../caps.ts';

/** A document that cannot be read, and why in words: thrown from wherever that shows. */
export class Unreadable extends Error {}

/** The text of a document and what of it is no text. Throws `Unreadable`; whatever else it throws says that it is broken. */
export type Reader = (bytes: Uint8Array) => Promise<{ text: string; notes: readonly string[] }>;

/** No longer than what every exact program takes: half a text would be worse than none. */
export function holdLength(bytes: number): void {
  if (bytes > CAPS.file)
    throw new Unreadable(
      `its text is longer than ${CAPS.file / 1024} KB, about 40,000 words. Send the part it is about.`,
    );
}
