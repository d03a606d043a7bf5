import type { State } from './task.ts';

/** What a piece may do that comes after another: go, wait for it, or ask, because nothing will come of it. */
export type Turn = 'go' | 'wait' | 'ask';

/**
 * Whether the turn of a piece has come, by the state of the one before it. It has once that one is delivered: a yes can
 * be taken back until then, and work on what was never approved would have to be done again.
 */
export function turnAfter(before: State): Turn {
  if (before === 'delivered') return 'go';
  return before === 'cancelled' || before === 'rejected' ? 'ask' : 'wait';
}

/** For each piece the index of the one it comes after, or null; whatever points nowhere or closes a circle is dropped. */
export function withoutCircles(after: readonly (number | null)[]): readonly (number | null)[] {
  const kept: (number | null)[] = after.map(() => null);
  after.forEach((before, i) => {
    if (before !== null && before in after && !leadsTo(kept, before, i)) kept[i] = before;
  });
  return kept;
}

function leadsTo(after: readonly (number | null)[], from: number, to: number): boolean {
  for (let at: number | null = from; at !== null; at = after[at] ?? null)
    if (at === to) return true;
  return false;
}

/** The indexes in an order in which each comes behind the one it waits for; there is no circle among them. */
export function inTurn(after: readonly (number | null)[]): readonly number[] {
  const depth = (i: number): number => {
    let steps = 0;
    for (let at = after[i] ?? null; at !== null; at = after[at] ?? null) steps += 1;
    return steps;
  };
  return after.map((_, i) => i).sort((a, b) => depth(a) - depth(b) || a - b);
}
