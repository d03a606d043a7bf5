import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { FAULT_CODES } from '../../src/core/fault.ts';
import { FAULT_PLANS, mendStep, planOf } from '../../src/core/fault-plan.ts';
import { LANES } from '../../src/core/lane.ts';

const PAGE = 'docs/when-a-lane-fails.md';

test('every fault is in the table once, and nothing else is', () => {
  expect(Object.keys(FAULT_PLANS).sort()).toEqual([...FAULT_CODES].sort());
});

test('the page shows the table', async () => {
  const page = await readFile(PAGE, 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, code, ...cells]) => [code, ...cells.slice(0, 4)])).toEqual(
    Object.entries(FAULT_PLANS).map(([code, { step, lane, costs, means }]) => [
      `\`${code}\``,
      step,
      lane,
      costs,
      means,
    ]),
  );
});

test('a lane that is out has a next step of a person, and what may pass asks nothing of anybody at first', () => {
  for (const code of FAULT_CODES)
    for (const lane of LANES) {
      const step = mendStep(code, lane);
      expect(step).not.toBe('');
      if (FAULT_PLANS[code].lane === 'out') expect(step).not.toContain('Nothing is to be done');
    }
  expect(mendStep('auth', 'senior')).toContain('ANTHROPIC_API_KEY');
});

test('only what may pass is retried, and only what a person must mend is held for its lane', () => {
  for (const code of FAULT_CODES) {
    const { step, lane } = FAULT_PLANS[code];
    if (lane === 'shaky') expect([code, step]).toEqual([code, 'retry']);
    if (lane === 'out') expect([code, step]).toEqual([code, 'hold']);
  }
});

test('an outcome that is no fault has no plan', () => {
  expect([planOf('ok'), planOf('discarded'), planOf('interrupted'), planOf('toString')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
