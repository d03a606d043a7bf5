import { expect, test } from '@jest/globals';
import { overriddenLine } from '../../src/core/override.ts';

test('overrides are one line, by what was overridden, of which rule and to what', () => {
  expect(
    overriddenLine([
      { what: 'lane', rule: 'LANE-080', to: 'local', times: 2 },
      { what: 'pieces', rule: null, to: null, times: 1 },
      { what: 'lane', rule: null, to: 'senior', times: 1 },
    ]),
  ).toEqual([
    'People overrode the rules 4 times: lane 3 (LANE-080 to local 2, to senior) · pieces 1',
  ]);
  expect(overriddenLine([{ what: 'drop', rule: null, to: null, times: 1 }])).toEqual([
    'People overrode the rules once: dropped 1',
  ]);
});

test('a long list is cut and says so; no line where nobody overrode anything', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((to) => ({
    what: 'kind' as const,
    rule: 'R-1',
    to,
    times: 1,
  }));
  expect(overriddenLine(many)[0]).toContain('R-1 to d, and 2 more)');
  expect(overriddenLine([])).toEqual([]);
});
