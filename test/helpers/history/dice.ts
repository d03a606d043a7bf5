/** Numbers that look random and are the same for the same seed (mulberry32, public domain). */
export type Dice = {
  /** Between 0 and 1. */
  next(): number;
  /** A whole number below `n`. */
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  chance(of: number): boolean;
};

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    pick: <T>(list: readonly T[]): T => {
      const item = list[below(list.length)];
      if (item === undefined) throw new Error('an empty list has nothing to pick');
      return item;
    },
    chance: (of) => next() < of,
  };
}
