import { UNWRITTEN } from './blame-held.ts';
import type { Held } from './blame-held.ts';
import type { Span } from '../rarity.ts';

/** By the number of a written token: 1 where it stands in one of the files. */
export function aliveIn(files: readonly Held[], written: number): Uint8Array {
  const alive = new Uint8Array(written);
  for (const { ids } of files) for (const id of ids) if (id !== UNWRITTEN) alive[id] = 1;
  return alive;
}

/** The stretches of a file whose tokens stand nowhere any more. */
export function goneFrom({ ids }: Held, alive: Uint8Array): Span[] {
  return stretches(ids, (id) => alive[id] !== 1);
}

/** The stretches of a file of which nobody knows yet who wrote them. */
export function unwrittenIn({ ids }: Held): Span[] {
  return stretches(ids, (id) => id === UNWRITTEN);
}

/** The longest stretches for all of whose tokens something holds. */
function stretches(ids: Int32Array, holds: (id: number) => boolean): Span[] {
  const out: Span[] = [];
  let from = -1;
  for (let i = 0; i <= ids.length; i += 1) {
    const inside = i < ids.length && holds(ids[i] ?? UNWRITTEN);
    if (inside && from < 0) from = i;
    if (inside || from < 0) continue;
    out.push({ from, to: i });
    from = -1;
  }
  return out;
}
