import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type QuickRules = { readonly folder: string; remove(): void };

/** A copy of the rules in which some words are others, e.g. shorter pauses, so that no test waits for real ones. */
export function rulesWith(
  changes: readonly (readonly [file: string, from: string, to: string])[],
): QuickRules {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-rules-'));
  cpSync('rules', folder, { recursive: true });
  for (const [file, from, to] of changes) {
    const at = path.join(folder, file);
    const text = readFileSync(at, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not say: ${from}`);
    writeFileSync(at, text.replace(from, to));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Waits and pauses of a second. */
export const QUICK = [
  ['life.yaml', 'first_seconds: 2, longest_seconds: 300', 'first_seconds: 1, longest_seconds: 1'],
  ['life.yaml', 'first_pause_seconds: 30, longest', 'first_pause_seconds: 1, longest'],
] as const;
