import type { Finding } from './history.ts';
import { sha256 } from './hash.ts';
import type { Manifest } from './manifest.ts';

/** The files of a bundle by their names in it, `rules/<sha256>.txt` among them. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** What every bundle holds, beside the texts of rules. */
export const ALWAYS = [
  'report.html',
  'tasks.csv',
  'entries.jsonl',
  'checkpoint',
  'key',
  'manifest',
  'verify.mjs',
] as const;
export type AlwaysFile = (typeof ALWAYS)[number];

const RULE_FILE = /^rules\/[0-9a-f]{64}\.txt$/;

/** Files that computers leave in folders that people look into. */
const LITTER = /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/;

export function fault(place: string, says: string): Finding {
  return { place, level: 'fault', says };
}

/** The name of the file that holds the text of a rule with that hash. */
export function ruleFile(sha256Hex: string): string {
  return `rules/${sha256Hex}.txt`;
}

/** The hash in the name of such a file; undefined for any other file. */
export function ruleHash(name: string): string | undefined {
  return RULE_FILE.test(name) ? name.slice('rules/'.length, -'.txt'.length) : undefined;
}

/** SHA-256 of bytes, hex. */
export function hexOf(bytes: Uint8Array): string {
  return sha256(bytes).toString('hex');
}

/** The text of a file that is UTF-8 through and through; undefined for any other. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Whether exactly the files are there that the manifest lists, with the bytes it lists. A file that lies under another
 * name is told as such.
 */
export function checkFiles(files: Files, manifest: Manifest): readonly Finding[] {
  const listed = new Map(manifest.files.map(({ name, sha256: hash }) => [name, hash]));
  const extra = [...files.keys()].filter((name) => name !== 'manifest' && !listed.has(name));
  const missing = [...listed].filter(([name]) => !files.has(name));
  const renamed = new Map(
    extra.flatMap((name) => {
      const hash = hexOf(files.get(name) ?? new Uint8Array());
      const was = missing.find(([, wanted]) => wanted === hash)?.[0];
      return was === undefined ? [] : [[name, was] as const];
    }),
  );
  const known = new Set(renamed.values());
  return [
    ...unlisted(manifest),
    ...extra.map((name) => extraFile(name, renamed.get(name))),
    ...missing.filter(([name]) => !known.has(name)).map(([name]) => gone(name)),
    ...[...listed].flatMap(([name, wanted]) => changed(name, wanted, files.get(name))),
  ];
}

/** Without a manifest that can be trusted: at least what every bundle holds. */
export function checkNames(files: Files): readonly Finding[] {
  const names: readonly string[] = ALWAYS;
  return [
    ...names.filter((name) => !files.has(name)).map(gone),
    ...[...files.keys()]
      .filter((name) => !names.includes(name) && ruleHash(name) === undefined)
      .map((name) => extraFile(name)),
  ];
}

/** A manifest must itself list what every bundle holds, and nothing that none holds. */
function unlisted({ files }: Manifest): readonly Finding[] {
  const names = files.map(({ name }) => name);
  const wanted = ALWAYS.filter((name) => name !== 'manifest' && !names.includes(name));
  const odd = names.filter(
    (name, i) =>
      (ruleHash(name) === undefined && !(ALWAYS as readonly string[]).includes(name)) ||
      name === 'manifest' ||
      names.indexOf(name) !== i,
  );
  return [
    ...wanted.map((name) => fault('manifest', `expected it to list ${name}, got no such line`)),
    ...odd.map((name) => fault('manifest', `expected no line for ${name}, got one`)),
  ];
}

function extraFile(name: string, was?: string): Finding {
  if (was !== undefined)
    return fault(name, `expected the name ${was}, got ${name}: rename it back`);
  if (LITTER.test(name))
    return {
      place: name,
      level: 'note',
      says: 'no part of the bundle: your computer put it there',
    };
  return fault(
    name,
    'expected no such file in a bundle, got one: take it out and look where it came from',
  );
}

function gone(name: string): Finding {
  return fault(name, 'expected this file in the bundle, got none: ask for the whole bundle again');
}

function changed(name: string, wanted: string, bytes: Uint8Array | undefined): readonly Finding[] {
  const got = bytes === undefined ? wanted : hexOf(bytes);
  return got === wanted
    ? []
    : [
        fault(
          name,
          `expected the SHA-256 ${wanted} that the manifest lists, got ${got}: it was changed`,
        ),
      ];
}
