import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBundle } from '../ledger/bundle.ts';
import type { Earlier } from '../ledger/bundle-earlier.ts';
import { ALWAYS, fault } from '../ledger/bundle-files.ts';
import { readArgs, USAGE } from './args.ts';
import type { Asked } from './args.ts';
import { readFolder } from './read-folder.ts';
import { asJson, tell } from './words.ts';

/** Where the program runs: the words it was given, the folder it lies in and the one it was started in. */
export type Around = {
  readonly words: readonly string[];
  readonly own: string;
  readonly here: string;
};

/** What to print, and the exit code: 0 when everything holds, else 1. */
export type Result = { readonly says: string; readonly code: 0 | 1 };

/** Checks a bundle on disk. Never throws: what cannot be read is said. */
export function verify(around: Around): Result {
  try {
    const asked = readArgs(around.words);
    return asked === 'help' ? { says: USAGE, code: 0 } : verifyAsked(asked, around);
  } catch (thrown) {
    const says = thrown instanceof Error ? thrown.message : String(thrown);
    return { says: `NOT CHECKED: ${says}\n\n${USAGE}`, code: 1 };
  }
}

function verifyAsked(asked: Asked, around: Around): Result {
  const folder = asked.folder ?? bundleAround(around);
  const { files, odd } = readFolder(folder);
  if (!ALWAYS.some((name) => files.has(name)))
    throw new Error(`expected a bundle in ${folder}, with ${ALWAYS.join(', ')}; got none of them`);
  const earlier = asked.earlier.map(earlierAt);
  const checked = checkBundle(files, { keys: asked.keys.flatMap(keysAt), earlier });
  const links = odd.map((name) => fault(name, 'expected a plain file, got a link or a device'));
  const findings = [...links, ...checked.findings];
  const telling = { checked, findings, folder, files: files.size, earlier: earlier.length };
  return {
    says: asked.json ? asJson(telling) : tell(telling).join('\n'),
    code: findings.some(({ level }) => level === 'fault') ? 1 : 0,
  };
}

/** The folder one is in, or else that of this program. */
function bundleAround({ here, own }: Around): string {
  return existsSync(join(here, 'manifest')) || !existsSync(join(own, 'manifest')) ? here : own;
}

/** A file of keys, one a line, or a key itself. */
function keysAt(given: string): readonly string[] {
  if (!existsSync(given)) {
    if (given.includes('+')) return [given.trim()];
    throw new Error(`expected a key or a file of keys after --key, got "${given}"`);
  }
  const lines = readFileSync(given, 'utf8').split('\n');
  const keys = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (keys.length === 0) throw new Error(`expected a key in ${given}, got an empty file`);
  return keys;
}

function earlierAt(given: string): Earlier {
  if (existsSync(given)) return { name: given, text: readFileSync(given, 'utf8') };
  if (given.includes('·')) return { name: given, text: given };
  throw new Error(
    `expected a file, or a mark such as "8,412 · 5bd1a09c", after --earlier, got "${given}"`,
  );
}
