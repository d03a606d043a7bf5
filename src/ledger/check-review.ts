import { reviewOf } from '../core/minutes.ts';
import { moment } from '../core/moment.ts';
import type { Entry } from './read.ts';
import { numberIn, recordIn, textIn } from './data.ts';
import type { Invariant, Now } from './invariant.ts';

export const review: Invariant = {
  name: 'review',
  holds:
    'What a decision says its review took is the figure of the table it names, or measured: then at most the begun minutes since Read was pressed, and at most twice that figure.',
  level: 'fault',
  of: ['draft.approved', 'draft.rejected', 'task.sent_back', 'task.cancelled', 'task.expired'],
  broken,
};

function broken({ entry }: Now): string | undefined {
  const said = recordIn(entry.data, 'review');
  if (said === null) return undefined;
  const minutes = numberIn(said, 'minutes') ?? 0;
  const table = numberIn(said, 'table') ?? 0;
  if (textIn(said, 'basis') === 'table')
    return minutes === table
      ? undefined
      : `expected the ${table} minutes of review of the table, got ${minutes}`;
  const most = mostOf(entry, table);
  return minutes <= most
    ? undefined
    : `expected at most ${most} measured minutes of review, got ${minutes}`;
}

/** What can have passed since Read was pressed; who cancels says no time of it, and none stands in a decision without it. */
function mostOf({ at, data }: Entry, table: number): number {
  if (!('read_at' in data)) return 2 * table;
  const readAt = numberIn(data, 'read_at');
  return readAt === null ? 0 : reviewOf(table, { readAt: moment(readAt), at }).minutes;
}
