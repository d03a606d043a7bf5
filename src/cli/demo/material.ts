import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault } from '../../core/fault.ts';
import type { NamedFile } from '../../flow/ports/exact.ts';
import { TOP } from '../../config.ts';

const DAY = join(TOP, 'fixtures', 'day');

/**
 * Real files of the day's small client: a folder, e.g. `site`, with everything below it, or one file, e.g.
 * `blog/outline.md`. An upload carries no folders, so names are plain. Throws Fault `not_found`.
 */
export async function dayFiles(...paths: readonly string[]): Promise<readonly NamedFile[]> {
  try {
    return (await Promise.all(paths.map((path) => filesAt(join(DAY, path))))).flat();
  } catch (cause) {
    throw new Fault(
      'not_found',
      `Expected ${paths.join(', ')} under ${DAY}, got nothing readable. Run the demo in a checkout of AIOS.`,
      { cause },
    );
  }
}

async function filesAt(path: string): Promise<readonly NamedFile[]> {
  if (/\.\w+$/.test(path)) return [{ name: basename(path), bytes: await readFile(path) }];
  const found = await readdir(path, { withFileTypes: true, recursive: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return (await Promise.all(files.sort().map(filesAt))).flat();
}
