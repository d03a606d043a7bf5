import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from '../../src/ledger/bundle-files.ts';
import { built } from './built.ts';

/** The verifier as it is built, the file that ships. */
export async function verifierFile(): Promise<Uint8Array> {
  return readFileSync(fileURLToPath(new URL('verifier/verify.mjs', await built())));
}

/** A folder with nothing in it but these files, away from everything of AIOS. */
export function emptyFolder(files: Files = new Map()): {
  readonly path: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'client-'));
  writeFiles(folder, files);
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function writeFiles(folder: string, files: Files): void {
  for (const [name, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
}

/** What it printed, and how it ended. */
export type Ran = { readonly says: string; readonly errors: string; readonly code: number };

/** Runs `node verify.mjs …` in a folder, with an environment in which nothing is set. */
export function runVerifier(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['verify.mjs', ...args],
      { cwd, env: {} },
      (_error, says, errors) => resolve({ says, errors, code: child.exitCode ?? -1 }),
    );
  });
}
