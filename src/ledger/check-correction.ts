import type { EntryType } from '../core/entry-type.ts';
import { numberIn, recordIn } from './data.ts';
import type { Invariant, Now } from './invariant.ts';
import { said } from './said.ts';

/** What each correction may correct. */
const CORRECTS: Readonly<Partial<Record<EntryType, readonly EntryType[]>>> = {
  'cost.adjusted': ['attempt.ended', 'cost.adjusted'],
  'estimate.recorded': [
    'estimate.recorded',
    'task.routed',
    'draft.made',
    'draft.delivered',
    // What a review took is corrected where the decision says it.
    'draft.approved',
    'draft.rejected',
    'task.sent_back',
    'task.cancelled',
    'task.expired',
  ],
};

export const correction: Invariant = {
  name: 'correction',
  holds:
    'A corrected cost and a recorded estimate carry their figure and name an entry of the same task that is there.',
  level: 'fault',
  of: ['cost.adjusted', 'estimate.recorded'],
  broken,
};

function broken({ entry, past, task }: Now): string | undefined {
  const figure = entry.type === 'cost.adjusted' ? entry.costNano : saidBy(entry);
  if (figure === null) return 'expected the figure of the correction, got none';
  const { corrects } = entry.data;
  if (typeof corrects !== 'string') return undefined;
  const place = past.find(corrects);
  if (place === -1)
    return `expected ${corrects}, which it corrects, before it in this log, got no such entry`;
  const wrongType = mismatched(entry.type, past.typeAt(place));
  if (wrongType !== undefined) return wrongType;
  return past.taskAt(place) === (task?.number ?? 0)
    ? undefined
    : 'expected a correction of the same task, got one of another';
}

/** Minutes by hand, of review, or both. */
function saidBy({ minutes, data }: Now['entry']): number | null {
  return minutes ?? numberIn(recordIn(data, 'review') ?? {}, 'minutes');
}

function mismatched(type: EntryType, corrected: EntryType | undefined): string | undefined {
  const may = CORRECTS[type] ?? [];
  return may.some((one) => one === corrected)
    ? undefined
    : `expected a correction of ${may.join(' or ')}, got one of ${said(corrected)}`;
}
