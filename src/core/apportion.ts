/**
 * Divides a total by weights so that the parts add up to it exactly: each gets the whole units of its exact share, and the
 * units left go to the largest remainders, the earlier of two equal ones first (Hamilton's method). All zero weights: the
 * whole goes to nobody and `rest` holds it.
 */
export function apportion(
  total: bigint,
  weights: readonly bigint[],
): { readonly parts: readonly bigint[]; readonly rest: bigint } {
  if (total < 0n || weights.some((weight) => weight < 0n))
    throw new RangeError('a total and its weights must be at least 0');
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  if (all === 0n) return { parts: weights.map(() => 0n), rest: total };
  const parts = weights.map((weight) => (total * weight) / all);
  const left = Number(total - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = weights
    .map((weight, i) => ({ i, remainder: (total * weight) % all }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1));
  for (const { i } of byRemainder.slice(0, left)) parts[i] = (parts[i] ?? 0n) + 1n;
  return { parts, rest: 0n };
}
