import type { Invariant, Now } from './invariant.ts';

/** Clocks of two machines that are kept by time servers differ by less. */
const APART = 5_000;

export const clock: Invariant = {
  name: 'clock',
  holds:
    'An entry is not seconds older than the one that led to it; where it is, a clock went back.',
  level: 'note',
  of: 'all',
  broken,
};

function broken({ entry, past, causeAt }: Now): string | undefined {
  const back = causeAt === -1 ? 0 : past.timeAt(causeAt) - entry.at;
  return back <= APART
    ? undefined
    : `expected a time after that of its cause, got one ${Math.round(back / 1_000)} seconds before it: a clock went back`;
}
