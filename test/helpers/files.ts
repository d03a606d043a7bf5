import { readFile } from 'node:fs/promises';
import path from 'node:path';

export type Attachment = { readonly name: string; readonly bytes: Uint8Array };

/** A file of `fixtures/` under its own name. */
export async function fixture(name: string): Promise<Attachment> {
  return { name: path.basename(name), bytes: await readFile(path.join('fixtures', name)) };
}

export const outlineFile = (): Promise<Attachment> => fixture('day/blog/outline.md');

/** A file made of this text. */
export function textFile(name: string, text: string): Attachment {
  return { name, bytes: new TextEncoder().encode(text) };
}
