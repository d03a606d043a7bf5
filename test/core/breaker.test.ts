import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { breakerOf } from '../../src/core/breaker.ts';
import type { LaneTry } from '../../src/core/breaker.ts';
import { FAULT_CODES } from '../../src/core/fault.ts';
import { planOf } from '../../src/core/fault-plan.ts';
import { moment } from '../../src/core/moment.ts';

const NUMBERS = { faults: 3, firstPauseMs: 30_000, longestPauseMs: 3_600_000 };
const START = 1_764_000_000_000;

/** Attempts that ended a second apart, newest first as the store gives them; written oldest first. */
function tries(...outcomes: readonly string[]): readonly LaneTry[] {
  return outcomes
    .map((outcome, n) => ({
      id: `${n}`,
      outcome,
      endedAt: moment(START + n * 1_000),
      notBefore: null,
    }))
    .reverse();
}
const at = (found: readonly LaneTry[], later: number) =>
  breakerOf(found, NUMBERS, moment((found[0]?.endedAt ?? START) + later));

describe('the breaker of a lane', () => {
  test('opens at the third passing fault in a row, and not before', () => {
    expect(at(tries('unavailable', 'timeout'), 0).is).toBe('closed');
    expect(at(tries('unavailable', 'timeout', 'overloaded'), 0)).toMatchObject({
      is: 'open',
      faults: 3,
      code: 'overloaded',
      until: START + 2_000 + 30_000,
      named: false,
    });
  });

  test('opens at once for what nobody but a person can mend', () => {
    for (const code of ['auth', 'quota', 'model_missing', 'lane_off'])
      expect(at(tries('ok', code), 0)).toMatchObject({ is: 'open', faults: 1, code });
  });

  test('lets one try when its pause is over, and doubles the next up to the longest', () => {
    const three = tries(...Array(3).fill('unavailable'));
    expect([at(three, 29_999).is, at(three, 30_000).is]).toEqual(['open', 'half_open']);
    const four = tries(...Array(4).fill('unavailable'));
    expect([at(four, 59_999).is, at(four, 60_000).is]).toEqual(['open', 'half_open']);
    const many = tries(...Array(32).fill('unavailable'));
    expect([at(many, 3_599_999).is, at(many, 3_600_000).is]).toEqual(['open', 'half_open']);
  });

  test('closes when the lane answers, whatever the answer is worth', () => {
    for (const answer of ['ok', 'discarded', 'refused', 'invalid_output', 'truncated'])
      expect(at(tries('auth', 'unavailable', 'unavailable', 'unavailable', answer), 0).is).toBe(
        'closed',
      );
  });

  test('passes over what says nothing of the lane', () => {
    const nothing = ['interrupted', 'cancelled', 'bad_input'];
    expect(at(tries('timeout', ...nothing, 'timeout', ...nothing, 'timeout'), 0).is).toBe('open');
    expect(at(tries(...nothing), 0).is).toBe('closed');
  });

  test('leaves a lane alone for as long as the server asked, after one fault as well', () => {
    const [only] = tries('rate_limit');
    const asked = [{ ...only!, notBefore: moment(START + 7_000) }];
    expect(at(asked, 6_999)).toMatchObject({ is: 'open', until: START + 7_000, named: true });
    expect(at(asked, 7_000).is).toBe('closed');
  });

  test('is closed with no record, and after an answer, for any record and any time', () => {
    const any = fc.record({
      outcome: fc.constantFrom('ok', 'interrupted', 'discarded', ...FAULT_CODES),
      gap: fc.nat(10_000_000),
      wait: fc.option(fc.nat(3_600_000)),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), fc.nat(10_000_000), (ends, later) => {
        let now = START;
        const record = ends.map(({ outcome, gap, wait }, n) => {
          now += gap;
          const notBefore = wait === null ? null : moment(now + wait);
          return { id: `${n}`, outcome, endedAt: moment(now), notBefore };
        });
        const found = breakerOf([...record].reverse(), NUMBERS, moment(now + later));
        const telling = record.filter(({ outcome }) => isTelling(outcome));
        const newest = telling.at(-1);
        if (newest === undefined || isWell(newest.outcome)) expect(found.is).toBe('closed');
        if (found.is === 'closed') return;
        // Never longer than the longest pause after the newest fault.
        expect(found.until - (newest?.endedAt ?? 0)).toBeLessThanOrEqual(3_600_000);
        expect(found.is).toBe(now + later < found.until ? 'open' : 'half_open');
      }),
      { numRuns: 500 },
    );
  });
});

const isWell = (outcome: string): boolean =>
  outcome !== 'interrupted' && (planOf(outcome)?.lane ?? 'well') === 'well';
const isTelling = (outcome: string): boolean =>
  outcome !== 'interrupted' && planOf(outcome)?.lane !== 'nothing';
