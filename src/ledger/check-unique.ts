import type { Invariant } from './invariant.ts';

export const unique: Invariant = {
  name: 'unique',
  holds: 'No two entries have the same id.',
  level: 'fault',
  of: 'all',
  broken: ({ entry, past }) =>
    past.find(entry.id) === -1
      ? undefined
      : `expected an id of its own, got that of ${namedAt(past.find(entry.id))}`,
};

const namedAt = (place: number): string => `the entry that came as number ${place + 1}`;
