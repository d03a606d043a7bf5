import type { EntryValue } from '../core/entry.ts';
import type { Finding } from '../ledger/history.ts';
import { said } from '../ledger/said.ts';
import type { LogRead } from './verify-log.ts';

/**
 * What is found in a log that was ended. An epoch begins with an entry that says why the one before could not go on and
 * what was found of it: where that is what is there now, what is wrong with it is known and no news.
 */
export function judgeEnded(read: readonly LogRead[]): readonly Finding[] {
  return read.flatMap((one) => {
    const { log } = one.verdict;
    if (!log.closed) return one.findings;
    const place = `log ${log.origin}`;
    const next = successor(one, read);
    if (next === undefined)
      return [
        ...one.findings,
        fault(place, 'expected a log that follows this ended one, got none'),
      ];
    const { because, found_size: size, found_root: root } = next.told.restored ?? {};
    if (!foundIn(read, one, { size, root }))
      return [
        ...one.findings,
        fault(
          place,
          `expected ${said(size)} entries as the log that follows found them, got others`,
        ),
      ];
    return one.findings.map((finding) => ({
      ...finding,
      level: 'note' as const,
      says: `${finding.says} (this log was ended: ${said(because)}; ${next.verdict.log.origin} follows it)`,
    }));
  });
}

/** The next epoch of the same client that says what went before. */
function successor({ verdict: { log } }: LogRead, read: readonly LogRead[]): LogRead | undefined {
  return read
    .filter(
      ({ verdict, told }) =>
        verdict.log.clientId === log.clientId &&
        verdict.log.epoch > log.epoch &&
        told.restored !== null,
    )
    .toSorted((a, b) => a.verdict.log.epoch - b.verdict.log.epoch)[0];
}

type Quoted = { readonly size: EntryValue | undefined; readonly root: EntryValue | undefined };

/** An epoch quotes the log the database went on with last; one that only the files still knew is empty here. */
function foundIn(read: readonly LogRead[], one: LogRead, { size, root }: Quoted): boolean {
  if (one.verdict.size === 0) return true;
  return read.some(
    ({ verdict }) =>
      verdict.log.clientId === one.verdict.log.clientId &&
      verdict.log.closed &&
      verdict.size === size &&
      verdict.root === root,
  );
}

function fault(place: string, says: string): Finding {
  return { place, level: 'fault', says };
}
