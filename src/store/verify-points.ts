import { sentenceOf } from '../core/fault.ts';
import { openCheckpoint } from '../ledger/checkpoint.ts';
import type { Finding } from '../ledger/history.ts';
import { readVkey, vkeyOf } from '../ledger/note.ts';
import type { Sql } from './connect.ts';
import type { LogRow } from './look-logs.ts';
import type { Kept, Trust } from './verify-types.ts';

/** What a log was at some size, as somebody signed or kept it. */
export type Point = {
  /** `the checkpoint of the database`, `the file …`, `receipt.txt`: who says so. */
  readonly by: string;
  readonly sort: 'row' | 'anchor';
  readonly size: number;
  /** Hex; its first 8 digits alone where no more was kept. */
  readonly root: string;
  /** Whether it may be of another log: the short form does not say of which it is. */
  readonly isShort?: true;
};

export type Points = { readonly points: readonly Point[]; readonly findings: readonly Finding[] };

const SHORT = /^([0-9]{1,3}(?:,?[0-9]{3})*)\s*·\s*([0-9a-f]{8})$/;

/** The short form of a receipt, which does not say of which log it is; undefined for anything else. */
export function shortOf({ text }: Kept): { size: number; root: string } | undefined {
  const [, size, root] = SHORT.exec(text.trim()) ?? [];
  if (size === undefined || root === undefined) return undefined;
  return { size: Number(size.replaceAll(',', '')), root };
}

/** The log a kept checkpoint is of, before any signature is looked at; undefined for the short form. */
export function originOf(kept: Kept): string | undefined {
  return shortOf(kept) === undefined ? kept.text.slice(0, kept.text.indexOf('\n')) : undefined;
}

/** Everything that says what this log was, each signature looked at: rows of the database, the file beside the key, what was kept. */
export async function pointsOf(tx: Sql, log: LogRow, trust: Trust): Promise<Points> {
  const given = keysUnder(log.origin, trust.given);
  const own = [...new Set([...trust.vkeys(log.origin), ...given])];
  const rows = await tx<{ size: number; note: string }[]>`
    select size, note from checkpoint where log_id = ${log.id} order by size`;
  const found = [
    ...rows.map(({ size, note }) =>
      opened(note, { by: `the checkpoint at ${size}`, sort: 'row', keys: own, log, size }),
    ),
    ...trust.kept
      .filter((kept) => (originOf(kept) ?? log.origin) === log.origin)
      .map((kept) => keptPoint(kept, log, given.length > 0 ? given : own)),
    ...fileOf(log, trust, own),
  ];
  return {
    points: found.filter((one): one is Point => 'root' in one),
    findings: found.filter((one): one is Finding => 'says' in one),
  };
}

/** A key signs every log of its practice, each under the name of that log. */
function keysUnder(origin: string, vkeys: readonly string[]): readonly string[] {
  return vkeys.map((vkey) => vkeyOf(origin, readVkey(vkey).publicKey));
}

function keptPoint(kept: Kept, log: LogRow, keys: readonly string[]): Point | Finding {
  const short = shortOf(kept);
  if (short !== undefined) return { by: kept.name, sort: 'anchor', isShort: true, ...short };
  return opened(kept.text, { by: kept.name, sort: 'anchor', keys, log });
}

function fileOf(log: LogRow, { signed }: Trust, keys: readonly string[]): (Point | Finding)[] {
  return signed
    .filter(({ path }) => path.endsWith(`${log.id}.json`))
    .map((file) => {
      const by = 'the file beside the key';
      if (file.is === 'sound') return opened(file.signed.note, { by, sort: 'anchor', keys, log });
      return fault(log, by, `expected what was signed last, got a damaged file: ${file.why}`);
    });
}

type Opening = Pick<Point, 'by' | 'sort'> & {
  readonly keys: readonly string[];
  readonly log: LogRow;
  /** The size it must be of. */
  readonly size?: number;
};

function opened(note: string, { by, sort, keys, log, size }: Opening): Point | Finding {
  try {
    const checkpoint = openCheckpoint(note, keys);
    if (checkpoint.origin !== log.origin)
      return fault(log, by, `expected a checkpoint of this log, got one of ${checkpoint.origin}`);
    if (size !== undefined && size !== checkpoint.size)
      return fault(log, by, `expected the size ${size}, got one signed at ${checkpoint.size}`);
    return { by, sort, size: checkpoint.size, root: checkpoint.root.toString('hex') };
  } catch (thrown) {
    return fault(log, by, `expected a signature of a known key: ${sentenceOf(thrown)}`);
  }
}

function fault({ origin }: LogRow, by: string, says: string): Finding {
  return { place: `log ${origin}, ${by}`, level: 'fault', says };
}
