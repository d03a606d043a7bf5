/** Chance that comes out the same every time: what a test finds it finds again. */
export type Dice = {
  /** A whole number from 0 to below `sides`. */
  below(sides: number): number;
  /** True in `percent` of 100 throws. */
  hits(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
  hex(digits: number): string;
  /** A UUID v7 of that moment. */
  uuid(ms: number): string;
};

/** Dice by the generator mulberry32. */
export function throwDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (sides: number): number => Math.floor(next() * sides);
  const hex = (digits: number): string => {
    let all = '';
    while (all.length < digits)
      all += below(2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return all.slice(0, digits);
  };
  return {
    below,
    hits: (percent) => below(100) < percent,
    pick: (from) => {
      const one = from[below(from.length)];
      if (one === undefined) throw new Error('there is nothing to pick from');
      return one;
    },
    hex,
    uuid: (ms) => {
      const time = ms.toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
    },
  };
}
