import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Compared } from '../../../src/core/lint/desk.ts';
import type { Remark, Witness } from '../../../src/core/lint/finding.ts';
import { lintRules } from '../../../src/core/lint/lint.ts';
import { holds } from '../../../src/core/match.ts';
import { rules as shipped } from '../../helpers/decide.ts';
import { alone, decided, reaches, routeWith, STRANGER } from './decider.ts';
import { ruleSets } from './random.ts';

const lint = (rules: Compared) =>
  lintRules({
    rules,
    cases: { lanes: [], approving: [] },
    personas: [STRANGER],
    accepts: (persona, kind) => persona !== 'linter' || kind !== 'a.one',
  });

/** Whether the program, asked with the facts of a witness, does what the remark says. */
const SHOWS: Readonly<Record<string, (set: Compared, remark: Remark, one: Witness) => boolean>> = {
  hidden: isHidden,
  overlap: (set, remark, one) =>
    isHidden(set, remark, one) && differ(set, [remark.rule, remark.by[0]?.rule ?? ''], one),
  gap: (set, _remark, { facts }) => reaches(facts, set) && decided(facts, set).by === undefined,
  'no-program': (set, { rule }, { facts }) =>
    holds(laneRule(set, rule).when, judgedBy(set, facts)) &&
    alone(facts, { ...set, limits: [] }, laneRule(set, rule)) === undefined,
  'forbidden-lane': (set, { rule }, { facts }) => {
    const forbids = laneRule(set, rule).lane;
    const limits = set.limits.filter(({ when }) => holds(when, judgedBy(set, facts)));
    return reaches(facts, set) && limits.some(({ forbid }) => forbid.includes(forbids));
  },
  'leaves-no-lane': (set, { rule }, { facts }) => {
    const without = { ...set, limits: set.limits.filter(({ id }) => id !== rule) };
    return !decided(facts, set).goes && decided(facts, without).goes;
  },
};

function laneRule(set: Compared, id: string) {
  const rule = set.lanes.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

const judgedBy = (set: Compared, facts: Witness['facts']) => {
  const { kind, judgement } = routeWith(facts, set).trace.facts;
  return { ...facts, kind: kind.value, ...(judgement ? { judgement: judgement.value } : {}) };
};

function isHidden(set: Compared, { rule, by }: Remark, { facts }: Witness): boolean {
  const { by: winner } = decided(facts, set);
  return (
    by.some((one) => one.rule === winner) && alone(facts, set, laneRule(set, rule)) !== undefined
  );
}

function differ(set: Compared, [a, b]: readonly [string, string], { facts }: Witness): boolean {
  const [one, other] = [a, b].map((id) => alone(facts, set, laneRule(set, id))?.to);
  return one !== other;
}

describe('every witness shows what is said of it', () => {
  test('asked of the program that decides', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(ruleSets, (set) => {
        for (const remark of lint(set).filter(({ spot }) => spot.list === 'lanes')) {
          const shows = SHOWS[remark.code];
          if (shows === undefined || remark.witness === null) continue;
          seen.add(remark.code);
          expect([remark, shows(set, remark, remark.witness)]).toEqual([remark, true]);
          if (remark.code === 'hidden')
            for (const { rule, witness } of remark.by)
              expect(witness && decided(witness.facts, set).by).toBe(rule);
        }
        for (const remark of lint(set).filter(({ code }) => code === 'leaves-no-lane'))
          if (remark.witness !== null)
            expect(SHOWS['leaves-no-lane']?.(set, remark, remark.witness)).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect([...seen].sort()).toEqual(['forbidden-lane', 'gap', 'hidden', 'no-program', 'overlap']);
  });

  test('a rule that is never reached shows who decides instead of it', () => {
    fc.assert(
      fc.property(ruleSets, (set) => {
        for (const remark of lint(set)) {
          const { code, spot, witness, rule, by } = remark;
          if (spot.list !== 'lanes' || witness === null || by.length === 0) continue;
          if (code !== 'same-condition' && (code !== 'never-reached' || !isLane(by[0]?.rule)))
            continue;
          if (remark.level === 'note') continue;
          expect(isHidden(set, remark, witness)).toBe(true);
          expect(decided(witness.facts, set).by).not.toBe(rule);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('in words that leave out what is as usual', () => {
    const late = {
      ...shipped.otherwise,
      id: 'LANE-900',
      when: { kind: { is: 'edit.draft' }, consequence: { is: 'high' } },
      lane: 'senior',
      owner: 'x',
      since: 'x',
    } as const;
    const found = lint({ ...shipped, lanes: [...shipped.lanes, late] });
    expect(found.find(({ rule }) => rule === 'LANE-900')).toMatchObject({
      level: 'error',
      code: 'never-reached',
      witness: { when: 'when kind is edit.draft, consequence is high' },
    });
  });
});

const isLane = (id: string | undefined): boolean => id?.startsWith('LANE') ?? false;

describe('a share', () => {
  test('is the part of the combinations that the rules tell apart', () => {
    const rule = (id: string, when: object) =>
      ({ ...shipped.otherwise, id, when, lane: 'senior', owner: 'x', since: 'x' }) as const;
    const found = lint({
      ...shipped,
      limits: [],
      lanes: [
        rule('LANE-1', { consequence: { is: 'high' }, sensitivity: { is: 'confidential' } }),
        rule('LANE-2', { cloud: { in: ['never', 'unset', 'redacted'] } }),
        rule('LANE-3', {}),
      ],
    });
    const shares = Object.fromEntries(
      found
        .filter(({ code }) => code === 'hidden')
        .map(({ rule: id, by }) => [id, by.map(({ share }) => share)]),
    );
    expect(shares['LANE-2']).toEqual([expect.closeTo(1 / 6)]);
    expect(shares['LANE-3']).toEqual([expect.closeTo(1 / 6), expect.closeTo((3 / 4) * (5 / 6))]);
  });
});
