import { expect, test } from '@jest/globals';
import { route } from '../../src/core/route.ts';
import { shortRef, whyInWords } from '../../src/core/why.ts';
import { nanoUsd } from '../../src/core/money.ts';
import { decide, everyLane, rules } from '../helpers/decide.ts';

test('a trace is told in sentences: rule, its text, facts, what failed before it, and the other lanes', () => {
  const { facts } = decide('hi, please correct the commas', ['draft.md']).trace;
  const offers = [
    { lane: 'local' as const, price: nanoUsd(4_000_000) },
    { lane: 'senior' as const, price: nanoUsd(620_000_000) },
  ];
  const told = whyInWords(route(facts, rules, offers).trace, rules.texts);
  expect(told).toMatch(
    /^LANE-020 decided: Routine work stays on our own machine\. The rule as it stood then:\n    id: LANE-020/,
  );
  expect(told).toContain('because: Careful work, but no matter of voice');
  expect(told).toMatch(/- kind of work: proofread\.fix, \d+ of 100 sure; .*: .*correct.*comma/);
  expect(told).toContain('- judgement it takes: routine; so it is written for kind proofread.fix');
  expect(told).toContain('- size: 5 words, 1 file (md)');
  expect(told).toContain(
    '- LANE-001, LANE-002 want the lane asked for to be tool, or to be local; there was none',
  );
  expect(told).toContain('- LANE-010 wants the judgement it takes to be none; it was routine');
  expect(told).toContain('Not on the senior lane (at most $0.62): another rule decided first.');
  expect(told).toContain('Not on the seat lane: it was not set up or not reachable.');
  expect(told).toContain('No limit applied.');
});

test('a limit is told with its own text, a forbidden lane with the limit that forbids it', () => {
  const { facts } = decide('fix the typos in the patient letter, lane: senior', [
    'letter.md',
  ]).trace;
  const asked = { ...facts, asker: { value: 'approver', from: 'setting' } } as const;
  const told = whyInWords(route(asked, rules, everyLane).trace, rules.texts);
  expect(told).toContain('- who asks: an approver (a setting)');
  expect(told).toContain(
    'Limit LIMIT-020 applied: Confidential work goes to no model outside the machine. It closes the seat and senior lane.',
  );
  expect(told).toContain('- LANE-005 matched, but LIMIT-020 forbids its lane');
  expect(told).toContain('Not on the seat lane: LIMIT-020 forbids it.');
  expect(told).toContain('whatever a lane costs or promises');
});

test('a rule text that was not kept is said, not made up', () => {
  const { trace } = decide('draft the post', ['o.md']);
  expect(whyInWords(trace, new Map())).toContain('(its text is not at hand here)');
  expect(shortRef('lanes.yaml#LANE-010@0123456789abcdef')).toBe('LANE-010 (lanes.yaml)');
});
