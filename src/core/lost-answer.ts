import { planOf } from './fault-plan.ts';

/**
 * How a call that ended counts against budgets. `booked`: with what it came to. `free`: it was turned away before anything
 * was worked on, which no provider charges. `lost`: nobody knows what it came to, so its worst case stays counted.
 */
export const COUNTED = ['booked', 'free', 'lost'] as const;
export type Counted = (typeof COUNTED)[number];

/** How an attempt without an answer counts, by the word it ended with: a fault code or `interrupted`. */
export function countsWithout(outcome: string): Exclude<Counted, 'booked'> {
  return planOf(outcome)?.costs === 'nothing' ? 'free' : 'lost';
}
