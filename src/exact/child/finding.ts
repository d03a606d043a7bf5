import { createHash } from 'node:crypto';
import type { Finding } from '../../core/verdict.ts';

/** A finding before it is told apart from its twins. */
export type Raw = Omit<Finding, 'fingerprint'>;

/**
 * Gives each finding its fingerprint: SHA-256 of rule, normalised quote and how many of the same came before it,
 * so that the same fault in two drafts has the same one even when its line moved.
 */
export function fingerprinted(found: readonly Raw[]): Finding[] {
  const seen = new Map<string, number>();
  return found.map((raw) => {
    const key = JSON.stringify([raw.ruleId, (raw.where.quote ?? '').replace(/\s+/g, ' ').trim()]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return { ...raw, fingerprint: createHash('sha256').update(`${key}#${nth}`).digest('hex') };
  });
}

/** Order for people: by file, then by line, errors first on one line. */
export function inOrder<F extends Raw>(found: readonly F[]): F[] {
  const rank = { error: 0, warn: 1, undecided: 2, note: 3 };
  return [...found].sort(
    (a, b) =>
      compare(a.where.file, b.where.file) ||
      (a.where.line ?? 0) - (b.where.line ?? 0) ||
      rank[a.level] - rank[b.level] ||
      (a.where.column ?? 0) - (b.where.column ?? 0),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A file that claims to be text and is not: an error in any gate, because no engine could look at it. */
export function notText(names: readonly string[]): Raw[] {
  return names.map((file) => ({
    ruleId: 'aios/not-text',
    level: 'error',
    why: `${file} is not UTF-8 text, so nothing in it could be checked.`,
    source: 'AIOS: what cannot be read cannot pass',
    where: { file },
    fix: 'Save the file as UTF-8 text, or leave it out.',
  }));
}
