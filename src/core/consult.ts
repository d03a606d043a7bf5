import type { CloudAnswer, Facts } from './facts.ts';
import { planOf } from './fault-plan.ts';
import type { Lane } from './lane.ts';
import type { NanoUsd } from './money.ts';

/** What became of a task on its lane so far. */
export type Stuck = {
  readonly lane: Lane;
  /** How often the gate sent it back. */
  readonly sendBacks: number;
  /** Outcomes of its attempts on this lane, newest first. */
  readonly outcomes: readonly string[];
};

/** What the cascade rules are asked on beside the facts a task was routed by: what has happened to it since. */
export type Consult = Stuck & { readonly cloud: CloudAnswer };

/** Why work stays: no rule speaks of it, its next lane cannot be had, or it costs more than a rule may spend alone. */
export const STAYS = ['no_rule', 'not_ready', 'too_dear'] as const;
export type Came = (typeof STAYS)[number] | 'goes';

/** What is known of the next lane; `difference`: how much more it may cost there at worst, null where nobody knows. */
export type Ahead = { readonly ready: boolean; readonly difference: NanoUsd | null };

/** The facts a task was routed by, with what counts now: how often it was sent back, and what the owner says today. */
export function factsNow(facts: Facts, { cloud, sendBacks }: Consult): Facts {
  return { ...facts, cloud, rounds: sendBacks };
}

/** What comes of a rule that would take a task on; `most`: what a rule may spend more than before without a click. */
export function cameOf({ ready, difference }: Ahead, most: NanoUsd): Exclude<Came, 'no_rule'> {
  if (!ready) return 'not_ready';
  return difference === null || difference > most ? 'too_dear' : 'goes';
}

/** More than any rule counts in a row. */
const MOST = 100;

/** Of outcomes, newest first, those that can count: answers and faults of the work, not what was lost or thrown away. */
export function countedOf(outcomes: readonly string[]): readonly string[] {
  return outcomes
    .filter((outcome) => outcome === 'ok' || planOf(outcome) !== undefined)
    .slice(0, MOST);
}
