import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExact, type ExactOptions, type ExactRoom } from '../../src/exact/open.ts';
import type { NamedFile } from '../../src/flow/ports/exact.ts';
import { built } from './built.ts';

/** The exact room with the child that ships. */
export async function shippedExact(options: ExactOptions = {}): Promise<ExactRoom> {
  const dist = await built();
  return makeExact({ childEntry: new URL('exact/child/main.js', dist), ...options });
}

export function textFile(name: string, text: string): NamedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

export function textOf(files: readonly NamedFile[], name: string): string {
  const file = files.find((one) => one.name === name);
  if (file === undefined)
    throw new Error(`no ${name} among ${files.map((one) => one.name).join(', ')}`);
  return new TextDecoder().decode(file.bytes);
}

/** Every file below a folder, named relative to it. */
export function filesBelow(folder: string): NamedFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      name: path.slice(folder.length + 1),
      bytes: new Uint8Array(readFileSync(path)),
    }));
}

export const NEVER = new AbortController().signal;
