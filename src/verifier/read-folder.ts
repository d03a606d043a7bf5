import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What lies in a folder and everything below it. */
export type Folder = {
  /** Bytes of files by their names from there, with `/` between folders. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What is no plain file: links, devices. It is not followed. */
  readonly odd: readonly string[];
};

/** Reads a folder whole. Throws what reading throws. */
export function readFolder(folder: string): Folder {
  const files = new Map<string, Uint8Array>();
  const odd: string[] = [];
  const look = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) look(name);
      else if (entry.isFile()) files.set(name, readFileSync(join(folder, name)));
      else odd.push(name);
    }
  };
  look('');
  return { files, odd };
}
