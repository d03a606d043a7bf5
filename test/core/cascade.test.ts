import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cascadeFor, isOpen } from '../../src/core/cascade.ts';
import { plainFacts } from '../../src/core/facts.ts';
import { FAULT_CODES } from '../../src/core/fault.ts';
import { isDearer, LANES } from '../../src/core/lane.ts';
import { USUAL } from '../../src/core/usual.ts';
import { rules } from '../helpers/decide.ts';
import { anyFacts } from '../helpers/generated-rules.ts';

const anyStuck = fc.record({
  lane: fc.constantFrom(...LANES),
  sendBacks: fc.nat(6),
  outcomes: fc.array(fc.constantFrom('ok', 'interrupted', ...FAULT_CODES), { maxLength: 8 }),
});

test('without a rule nothing changes its lane, whatever happened', () => {
  const bare = { ...rules, cascades: [] };
  fc.assert(
    fc.property(anyFacts, anyStuck, (facts, stuck) => {
      expect(cascadeFor(bare, plainFacts(facts), stuck)).toBeUndefined();
    }),
  );
});

test('with every rule there could be it only goes up, and never past a limit or out of the house where it may not', () => {
  const head = rules.cascades[0];
  if (head === undefined) throw new Error('the practice has cascade rules');
  const all = LANES.flatMap((from) =>
    LANES.map((to) => ({ ...head, from, to, when: {}, after: { sendBacks: 0 } })),
  );
  let taken = 0;
  fc.assert(
    fc.property(anyFacts, anyStuck, (sourced, stuck) => {
      const facts = plainFacts(sourced);
      const found = cascadeFor({ ...rules, cascades: all }, facts, stuck);
      if (found === undefined) return;
      taken += 1;
      expect(found.from).toBe(stuck.lane);
      expect(isDearer(found.from, found.to)).toBe(true);
      expect(isOpen(rules, facts, found.to)).toBe(true);
      if (found.to !== 'seat' && found.to !== 'senior') return;
      expect(facts.sensitivity).toBe('ordinary');
      expect(['allowed', 'redacted']).toContain(facts.cloud);
    }),
    { numRuns: 1_000 },
  );
  expect(taken).toBeGreaterThan(50);
});

test('no limit needed: what is confidential or has no yes of the owner stays in the house', () => {
  const open = { ...rules, limits: [] };
  const goes = (more: object) => isOpen(open, { ...USUAL, ...more }, 'senior');
  expect(goes({})).toBe(true);
  expect([
    goes({ sensitivity: 'confidential' }),
    goes({ suspected: 'confidential' }),
    goes({ cloud: 'unset' }),
    goes({ cloud: 'never' }),
  ]).toEqual([false, false, false, false]);
});

test('a lane that is only busy or down moves nothing under the rules of the practice', () => {
  const busy = fc.constantFrom('rate_limit', 'overloaded', 'unavailable', 'timeout', 'auth');
  fc.assert(
    fc.property(anyFacts, fc.array(busy, { maxLength: 10 }), (facts, outcomes) => {
      for (const lane of LANES)
        expect(
          cascadeFor(rules, plainFacts(facts), { lane, sendBacks: 0, outcomes }),
        ).toBeUndefined();
    }),
  );
});

test('faults count in a row, and what was interrupted is passed over', () => {
  const facts = { ...USUAL, kind: 'rewrite.plain' };
  const taken = (...outcomes: readonly string[]) =>
    cascadeFor(rules, facts, { lane: 'local', sendBacks: 0, outcomes })?.id;
  expect(taken('invalid_output', 'interrupted', 'truncated')).toBe('CASCADE-030');
  expect(taken('invalid_output', 'ok', 'invalid_output')).toBeUndefined();
  expect(taken('invalid_output')).toBeUndefined();
});
