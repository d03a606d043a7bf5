/**
 * How a call that ended counts against budgets. `booked`: with what it came to. `free`: it was turned away before anything
 * was worked on, which no provider charges. `lost`: nobody knows what it came to, so its worst case stays counted.
 */
export const COUNTED = ['booked', 'free', 'lost'] as const;
export type Counted = (typeof COUNTED)[number];

/** Ends at which a server or we ourselves turned the call away. An overload or a refused key answers before any work. */
const TURNED_AWAY: ReadonlySet<string> = new Set([
  'auth',
  'rate_limit',
  'overloaded',
  'model_missing',
  'quota',
  'lane_off',
  'bad_input',
]);

/** How an attempt without an answer counts, by the word it ended with: a fault code or `interrupted`. */
export function countsWithout(outcome: string): Exclude<Counted, 'booked'> {
  return TURNED_AWAY.has(outcome) ? 'free' : 'lost';
}
