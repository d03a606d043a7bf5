import { expect, test } from '@jest/globals';
import { countsWithout } from '../../src/core/lost-answer.ts';
import { FAULT_CODES } from '../../src/core/fault.ts';

test('only what was turned away counts as nothing; whatever else ended without an answer may have been charged', () => {
  const free = [...FAULT_CODES, 'interrupted', 'discarded', 'something new'].filter(
    (outcome) => countsWithout(outcome) === 'free',
  );
  expect(free).toEqual([
    'bad_input',
    'auth',
    'rate_limit',
    'overloaded',
    'model_missing',
    'quota',
    'lane_off',
  ]);
});
