import { fault, hexOf, ruleHash, textOf } from './bundle-files.ts';
import type { Files } from './bundle-files.ts';
import type { Finding } from './history.ts';
import { refParts } from './rule-words.ts';

/** The texts of rules in a bundle by the SHA-256 of their bytes, hex. */
export function ruleTexts(files: Files): ReadonlyMap<string, string> {
  const texts = [...files].flatMap(([name, bytes]) => {
    const hash = ruleHash(name);
    return hash === undefined ? [] : [[hash, textOf(bytes) ?? ''] as const];
  });
  return new Map(texts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Whether every rule the entries name is there word for word, and no text is there that decided nothing. A reference
 * holds the first 16 digits of the hash or more.
 */
export function checkRules(files: Files, refs: ReadonlySet<string>): readonly Finding[] {
  const hashes = [...ruleTexts(files).keys()];
  const needed = [...refs].map((ref) => ({ ref, hash: refParts(ref).hash }));
  return [
    ...hashes.flatMap((hash) => wrongText(files, hash)),
    ...needed
      .filter(({ hash }) => !hashes.some((have) => have.startsWith(hash)))
      .map(({ ref, hash }) =>
        fault('rules', `expected the text of ${ref} as rules/${hash}….txt, got none`),
      ),
    ...hashes
      .filter((have) => !needed.some(({ hash }) => have.startsWith(hash)))
      .map((have) =>
        fault(
          `rules/${have}.txt`,
          'expected only rules that decided something here, got one that did not',
        ),
      ),
  ];
}

function wrongText(files: Files, hash: string): readonly Finding[] {
  const name = `rules/${hash}.txt`;
  const got = hexOf(files.get(name) ?? new Uint8Array());
  return got === hash
    ? []
    : [fault(name, `expected a text with the SHA-256 in its name, got ${got}`)];
}
