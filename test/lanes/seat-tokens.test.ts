import { expect, test } from '@jest/globals';
import { tokenFor } from '../../src/lanes/seat-tokens.ts';

test('work of a person goes on that person’s own seat, or on the organisation’s', () => {
  const own = new Map([
    ['U0ADA', 'ada'],
    ['U0CAL', 'cal'],
  ]);
  expect(['U0ADA', 'U0CAL', 'U0OTHER'].map((id) => tokenFor({ own }, id))).toEqual([
    'ada',
    'cal',
    undefined,
  ]);
  expect(tokenFor({ own, organisation: 'org' }, 'U0OTHER')).toBe('org');
  expect(tokenFor({ own })).toBe('ada');
  expect(tokenFor({ own: new Map() })).toBeUndefined();
});
