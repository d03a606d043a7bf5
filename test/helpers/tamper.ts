import type { Dice } from './dice.ts';

/** A way to change bytes, by its name. */
export type InBytes = readonly [what: string, change: (bytes: Buffer, dice: Dice) => Buffer];

/** The ways of an unsteady or a clumsy hand; some leave the bytes as they are now and then. */
export const IN_BYTES: readonly InBytes[] = [
  [
    'a flipped bit',
    (bytes, dice) => {
      const at = dice.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
      return bytes;
    },
  ],
  [
    'a changed byte',
    (bytes, dice) => {
      bytes[dice.below(bytes.length)] = dice.below(256);
      return bytes;
    },
  ],
  [
    'a byte less',
    (bytes, dice) => {
      const at = dice.below(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    },
  ],
  [
    'a byte more',
    (bytes, dice) => {
      const at = dice.below(bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), Buffer.of(dice.below(256)), bytes.subarray(at)]);
    },
  ],
  ['a cut tail', (bytes, dice) => bytes.subarray(0, dice.below(bytes.length))],
  ['nothing left', () => Buffer.alloc(0)],
];

/** The entries of a log after somebody changed which there are or in what order, and the first place that differs. */
export type Moved<T> = { readonly entries: readonly T[]; readonly at: number };
/** A way to do so; at least two entries are needed. */
export type InOrder = <T>(entries: readonly T[], dice: Dice) => Moved<T>;

export const dropped: InOrder = (entries, dice) => {
  const at = dice.below(entries.length);
  return { entries: entries.toSpliced(at, 1), at };
};

export const swapped: InOrder = (entries, dice) => {
  const at = dice.below(entries.length - 1);
  const pair = entries.slice(at, at + 2).toReversed();
  return { entries: entries.toSpliced(at, 2, ...pair), at };
};

export const twice: InOrder = (entries, dice) => {
  const from = dice.below(entries.length);
  return { entries: entries.toSpliced(from, 0, ...entries.slice(from, from + 1)), at: from + 1 };
};

/** At least one entry is cut, at least one is left. */
export const cut: InOrder = (entries, dice) => {
  const at = 1 + dice.below(entries.length - 1);
  return { entries: entries.slice(0, at), at };
};

export const movedElsewhere: InOrder = (entries, dice) => {
  const from = dice.below(entries.length);
  const to = (from + 1 + dice.below(entries.length - 1)) % entries.length;
  const one = entries.slice(from, from + 1);
  return { entries: entries.toSpliced(from, 1).toSpliced(to, 0, ...one), at: Math.min(from, to) };
};
