import { fault } from './bundle-files.ts';
import { sentence } from './bundle-keys.ts';
import type { Log } from './bundle-log.ts';
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

/** Whether the log of the bundle goes on from where it stood earlier. */
export function continues(log: Log, now: Checkpoint, points: readonly Point[]): readonly Finding[] {
  return points.flatMap((point) => {
    const says =
      point.origin === null || point.origin === now.origin
        ? sameLog(log, point)
        : otherLog(now, point);
    return says === null ? [] : [fault(point.name, says)];
  });
}

function sameLog(log: Log, { size, root }: Point): string | null {
  if (size > log.size)
    return `expected at least the ${size} entries there were then, got ${log.size}: entries were taken away since`;
  const now = log.roots.get(size)?.toString('hex') ?? '';
  if (now.startsWith(root)) return null;
  return `expected the first ${size} entries to be those there were then (root ${root}), got root ${now.slice(0, root.length)}: what was recorded was changed since`;
}

function otherLog(now: Checkpoint, { origin }: Point): string {
  return `expected a checkpoint of ${now.origin}, got one of ${origin ?? 'no log'}: it is of another log`;
}
