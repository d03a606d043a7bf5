import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Compared } from '../../../src/core/lint/desk.ts';
import type { Case } from '../../../src/core/lint/finding.ts';
import { lintRules, spaceOf } from '../../../src/core/lint/lint.ts';
import { holds } from '../../../src/core/match.ts';
import { expected, line } from './brute.ts';
import { decided, everyFacts, judged, reaches, STRANGER } from './decider.ts';
import { ruleSets } from './random.ts';

const given = (rules: Compared, cases: readonly Case[] = []) => ({
  rules,
  cases: { lanes: cases, approving: [] },
  personas: ['editor', 'linter', STRANGER],
  accepts: (persona: string, kind: string) => persona !== 'linter' || kind !== 'a.one',
});

/** Sets whose every combination can be tried in no time. */
const small = ruleSets.filter((rules) => everyFacts(rules).length <= 1200);

/** Some facts with what really becomes of them: examples as somebody would write them into a file. */
function casesOf(rules: Compared, picks: readonly number[]): readonly Case[] {
  const all = everyFacts(rules).filter((facts) => reaches(facts, rules));
  if (all.length === 0) return [];
  return picks.flatMap((pick) => {
    const facts = all[pick % all.length];
    return facts === undefined
      ? []
      : [{ facts, expect: decided(facts, rules).by ?? rules.otherwise.id }];
  });
}

describe('what is found is what every combination of facts shows', () => {
  test('a region holds exactly the facts that the matcher lets through', () => {
    fc.assert(
      fc.property(small, (rules) => {
        const space = spaceOf({ rules, personas: [STRANGER] });
        const facts = everyFacts(rules).map((one) => judged(one, rules));
        for (const { when } of [...rules.limits, ...rules.lanes, ...rules.checklists]) {
          const region = space.where(when);
          const wrong = facts.filter((one) => space.has(region, one) !== holds(when, one));
          expect(wrong).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('rules never reached, hidden or contradicting, gaps and limits: the same lines, no more and no fewer', () => {
    fc.assert(
      fc.property(small, fc.array(fc.nat(), { maxLength: 3 }), (rules, picks) => {
        const cases = casesOf(rules, picks);
        const found = lintRules(given(rules, cases)).map(line).sort();
        expect(found).toEqual(expected(rules, cases));
      }),
      { numRuns: 200 },
    );
  });
});
