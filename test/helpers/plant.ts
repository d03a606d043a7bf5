import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const REPORT = z.object({
  diagnostics: z.array(z.object({ code: z.string().default(''), filename: z.string() })),
});

const HOUSE_FILES = ['.oxlintrc.json', 'tsconfig.json', 'package.json'];

/** Rules that lint finds broken, by planted file: `{ 'src/core/x.ts': ['eslint(max-lines)'] }`. */
export type Found = Readonly<Record<string, readonly string[]>>;

/** Lints files planted in an empty copy of the house, with the house's own settings. */
export async function lintPlanted(files: Readonly<Record<string, string>>): Promise<Found> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'aios-planted-')));
  try {
    for (const name of HOUSE_FILES) cpSync(name, path.join(folder, name));
    symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const { diagnostics } = REPORT.parse(JSON.parse(await oxlint(folder)));
    const found: Record<string, string[]> = {};
    for (const { filename, code } of diagnostics)
      (found[path.relative(folder, path.resolve(folder, filename))] ??= []).push(code);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** oxlint's report as JSON; it ends with 1 when it finds something, which is what we are after. */
function oxlint(cwd: string): Promise<string> {
  const bin = path.resolve('node_modules/oxlint/bin/oxlint');
  const args = [bin, '--type-aware', '--format', 'json'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (_error, stdout) => resolve(stdout));
  });
}
