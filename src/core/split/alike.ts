/** How likely work is of each who does it: shares of 1, of the likeliest few. */
export type Doers = ReadonlyMap<string, number>;

/** How alike two readings are: the Bhattacharyya coefficient, 0 (nothing in common) to 1 (the same). */
export function alike(one: Doers, other: Doers): number {
  let sum = 0;
  for (const [doer, share] of one) sum += Math.sqrt(share * (other.get(doer) ?? 0));
  return sum;
}

/** The middle of several readings. */
export function middleOf(all: readonly Doers[]): Doers {
  const [first] = all;
  if (first !== undefined && all.length === 1) return first;
  const middle = new Map<string, number>();
  for (const doers of all)
    for (const [doer, share] of doers)
      middle.set(doer, (middle.get(doer) ?? 0) + share / all.length);
  return middle;
}

/** Who most likely does it, and how likely. */
export function likeliestOf(doers: Doers): readonly [doer: string, share: number] {
  let [likeliest, most] = ['', 0];
  for (const [doer, share] of doers) if (share > most) [likeliest, most] = [doer, share];
  return [likeliest, most];
}
