import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../../src/core/moment.ts';
import { nanoUsd } from '../../../src/core/money.ts';
import { taskCost, totalOf } from '../../../src/flow/command/cost.ts';
import type { Corrections } from '../../../src/flow/ports/store.ts';
import type { Basis } from '../../../src/core/cost.ts';
import type { AttemptRow } from '../../../src/flow/ports/rows-work.ts';

/** Only what a cost is made of; the other fields of the rows are never read. */
function attempt(
  costBasis: Basis,
  dollars: number | null,
  more: Partial<AttemptRow> = {},
): AttemptRow {
  const costNano = dollars === null ? null : nanoUsd(Math.round(dollars * 1e9));
  const none = { allocatedNano: null, listNano: null, playedNano: null, credits: null };
  const row = { purpose: 'work', endedAt: moment(1), costBasis, costNano, rehearsal: false };
  return { ...row, ...none, ...more } as AttemptRow;
}

const NONE: Corrections = { nano: nanoUsd(0) };
const costOf = (...attempts: readonly AttemptRow[]): string => corrected(NONE, ...attempts);
const corrected = (corrections: Corrections, ...attempts: readonly AttemptRow[]): string =>
  taskCost({ attempts, corrections });

describe('the cost of a task', () => {
  test('is cash and allocated, with the checking in it', () => {
    const said = costOf(
      attempt('computed', 0.62),
      attempt('allocated', 0.03),
      attempt('computed', 0.08, { purpose: 'review' }),
    );
    expect(said).toBe('$0.73 = cash $0.70 + allocated $0.03, of it checking $0.08, 3 calls');
  });

  test('of calls nobody knows the price of is never nothing', () => {
    expect(costOf(attempt('unpriced', null))).toBe('not known: 1 call, none with a known price');
    expect(costOf(attempt('computed', 1), attempt('unpriced', null))).toMatch(
      /^at least \$1\.00 = /,
    );
  });

  test('counts no call that still runs, and says when there was none', () => {
    expect(costOf(attempt('computed', 1, { endedAt: null }))).toBe('nothing yet: no call was made');
  });

  test('corrections count in the sum and are said apart', () => {
    const more = { nano: nanoUsd(120_000_000) };
    expect(corrected(more, attempt('computed', 0.62))).toBe(
      '$0.74 = cash $0.62 + allocated $0.00, corrected by +$0.12, 1 call',
    );
    const less = { ...NONE, nano: nanoUsd(-1) };
    expect(corrected(less, attempt('computed', 0.62))).toContain('corrected by -$0.000000001');
    expect(corrected(more, attempt('unpriced', null))).toMatch(/^at least \$0\.12 = cash \$0\.00/);
  });

  test('a stand-in costs no money, and that is said; what it would have cost is in no sum', () => {
    expect(costOf(attempt('rehearsal', 0))).toContain('1 answered by a stand-in');
    const played = { playedNano: nanoUsd(250_000_000) };
    expect(costOf(attempt('rehearsal', 0, played), attempt('computed', 1))).toBe(
      '$1.00 = cash $1.00 + allocated $0.00, 2 calls, 1 answered by a stand-in, which costs no money; played: $0.25',
    );
  });

  test('of the seat is provisional, with both its parts and the list price for comparison', () => {
    const seat = {
      credits: 5_000_000_000,
      allocatedNano: nanoUsd(20_000_000),
      listNano: nanoUsd(50_000_000),
    };
    expect(costOf(attempt('reported', 0.05, seat))).toBe(
      '$0.05 = cash $0.03 + allocated $0.02 (provisional until the month of the seat is closed), 1 call',
    );
    expect(costOf(attempt('reported', 0.02, seat))).toContain(
      'at list price $0.05, for comparison',
    );
  });
});

test('lanes together are the sum of each, unknown ones counted apart', () => {
  const lane = fc.record({
    costNano: fc.nat(),
    adjustedNano: fc.integer(),
    unpriced: fc.nat({ max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(lane, { maxLength: 4 }), (rows) => {
      const lanes = rows.map((row) => ({ lane: 'local', attempts: 1, ...row }));
      expect(totalOf({ lanes })).toEqual({
        nano: rows.reduce((sum, r) => sum + r.costNano, 0),
        adjusted: rows.reduce((sum, r) => sum + r.adjustedNano, 0),
        unpriced: rows.reduce((sum, r) => sum + r.unpriced, 0),
      });
    }),
  );
});
