import { fault } from './bundle-files.ts';
import { sentence } from './bundle-keys.ts';
import type { Log, Older } from './bundle-log.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Finding } from './history.ts';
import { readVkey, vkeyOf } from './note.ts';

/** A checkpoint the reader kept from before: its file as it was, or the short form of a receipt, `8,412 · 5bd1a09c`. */
export type Earlier = { readonly name: string; readonly text: string };

/** Where the log stood then. */
export type Point = {
  readonly name: string;
  readonly size: number;
  /** Null for the short form, which does not say of which log it is. */
  readonly origin: string | null;
  /** Hex; the first 8 digits alone in the short form. */
  readonly root: string;
};

const SHORT = /^([0-9]{1,3}(?:,?[0-9]{3})*)\s*·\s*([0-9a-f]{8})$/;

/** Reads what was kept. `vkeys`: the keys to trust, under the name of any log of the practice. */
export function readEarlier(
  earlier: readonly Earlier[],
  vkeys: readonly string[],
): { readonly points: readonly Point[]; readonly findings: readonly Finding[] } {
  const read = earlier.map((one) => pointOf(one, vkeys));
  return {
    points: read.filter((one): one is Point => 'root' in one),
    findings: read.filter((one): one is Finding => 'says' in one),
  };
}

function pointOf({ name, text }: Earlier, vkeys: readonly string[]): Point | Finding {
  const [, size, root] = SHORT.exec(text.trim()) ?? [];
  if (size !== undefined && root !== undefined)
    return { name, size: Number(size.replaceAll(',', '')), origin: null, root };
  try {
    const origin = text.slice(0, text.indexOf('\n'));
    const keys = vkeys.map((vkey) => vkeyOf(origin, readVkey(vkey).publicKey));
    const opened = openCheckpoint(text, keys);
    return { name, size: opened.size, origin, root: opened.root.toString('hex') };
  } catch (thrown) {
    return fault(name, `this earlier checkpoint cannot be used: ${sentence(thrown)}`);
  }
}

/** Whether the log of the bundle goes on from where it, or the log it follows, stood earlier. */
export function continues(log: Log, now: Checkpoint, points: readonly Point[]): readonly Finding[] {
  return points.flatMap((point) => {
    const { name, origin } = point;
    // A short form does not say of which epoch it is.
    if (origin === null && log.before.some((one) => olderLog(one, point).length === 0)) return [];
    if (origin === null || origin === now.origin) return sameLog(log, point);
    const older = log.before.find((one) => one.origin === origin);
    if (older !== undefined) return olderLog(older, point);
    return [
      fault(
        name,
        `expected a checkpoint of ${now.origin}, got one of ${origin}: it is of another log`,
      ),
    ];
  });
}

function sameLog(log: Log, { name, size, root }: Point): readonly Finding[] {
  if (size > log.size)
    return [
      fault(
        name,
        `expected at least the ${size} entries there were then, got ${log.size}: entries were taken away since`,
      ),
    ];
  return compared(name, { size, root }, log.roots.get(size));
}

/** An older epoch: what survived of it must be what there was, and what did not survive must be quoted. */
function olderLog({ because, signed, found, roots }: Older, point: Point): readonly Finding[] {
  const { name, size, root } = point;
  if (size <= found.size) return compared(name, { size, root }, roots.get(size));
  const lost = `The record was begun anew since (${because}), with ${found.size} of the ${signed.size} entries that were signed`;
  if (size === signed.size && root === signed.root)
    return [
      {
        place: name,
        level: 'note',
        says: `${lost}. It says so itself; ask the practice what was lost`,
      },
    ];
  return [
    fault(
      name,
      `expected the ${size} entries there were then, got ${found.size}. ${lost}, so this checkpoint cannot be derived again`,
    ),
  ];
}

function compared(
  name: string,
  { size, root }: Pick<Point, 'size' | 'root'>,
  now = '',
): readonly Finding[] {
  if (now.startsWith(root)) return [];
  return [
    fault(
      name,
      `expected the first ${size} entries to be those there were then (root ${root}), got root ${now.slice(0, root.length)}: what was recorded was changed since`,
    ),
  ];
}
