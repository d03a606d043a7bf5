import { nanoUsd, usd } from '../../core/money.ts';
import type { CostSum, Tally } from '../../core/replay/replay-tally.ts';

/** What a replay says of counts and of estimated cost, of routes and of cascade rules alike. */

const OF = new Intl.NumberFormat('en-US');
export const n = (count: number): string => OF.format(count);
const tasks = (count: number): string => `${n(count)} ${count === 1 ? 'task' : 'tasks'}`;
/** An estimate is told to the cent. */
const about = (nano: number): string => `${nano < 0 ? '-' : '+'}${usd(nanoUsd(Math.abs(nano)))}`;

/** Of one line: nothing where cost is no matter. */
export function costWords(nano: number | null | undefined): readonly string[] {
  if (nano === undefined) return [];
  return [nano === null ? 'cost unknown' : about(nano)];
}

type Costs = CostSum & Pick<Tally, 'qualityUnknown'>;

export function costData({ nano, priced, unpriced, qualityUnknown }: Costs) {
  return {
    cost_difference_nano: Number(nano),
    cost_known: priced,
    cost_unknown: unpriced,
    quality_unknown: qualityUnknown,
  };
}

export function costLines({ nano, priced, unpriced, qualityUnknown }: Costs): readonly string[] {
  const cost = [
    ...(priced === 0
      ? []
      : [
          `Cost: about ${about(Number(nano))} over ${tasks(priced)} whose lane would change. An estimate: recorded tokens at list price, the worst price of the plan where none were counted; the seat 0, the own machine its electricity.`,
        ]),
    ...(unpriced === 0 ? [] : [`Cost unknown for ${tasks(unpriced)}.`]),
  ];
  if (qualityUnknown === 0) return cost;
  return [
    ...cost,
    `Quality unknown for ${tasks(qualityUnknown)}: how well somebody else would have done them, no replay can say.`,
  ];
}
