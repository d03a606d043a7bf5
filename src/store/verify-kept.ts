import type { Finding } from '../ledger/history.ts';
import { originOf, shortOf } from './verify-points.ts';
import type { LogRead } from './verify-log.ts';
import type { Trust } from './verify-types.ts';

/** Logs that somebody signed or kept something of, and that are not in this database at all. */
export function missingLogs(read: readonly LogRead[], { signed, kept }: Trust): readonly Finding[] {
  const known = new Set(read.map(({ verdict }) => verdict.log.origin));
  const filed = signed.flatMap((file) =>
    file.is === 'damaged' || known.has(file.signed.origin)
      ? []
      : [{ by: 'the file beside the key', origin: file.signed.origin }],
  );
  const outside = kept.flatMap((one) => {
    const origin = originOf(one);
    return origin === undefined || known.has(origin) ? [] : [{ by: one.name, origin }];
  });
  return [...filed, ...outside].map(({ by, origin }) => ({
    place: `log ${origin}`,
    level: 'fault',
    says: `expected this log, of which ${by} says something, got none: it was deleted, or this is another database`,
  }));
}

/** The short form says of no log which it is of: it is right when one of the logs that were read was so. */
export function strayShort(read: readonly LogRead[], { kept }: Trust): readonly Finding[] {
  return kept.flatMap((one) => {
    const short = shortOf(one);
    if (short === undefined || read.some(({ right }) => right.some(({ by }) => by === one.name)))
      return [];
    const stray = read.flatMap(({ stray: some }) => some).filter(({ by }) => by === one.name);
    return stray.map(({ finding }) => finding);
  });
}
