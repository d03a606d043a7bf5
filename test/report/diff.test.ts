import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diffLists } from '../../src/report/diff.ts';

test('the steps lead from one list to the other', () => {
  const list = fc.array(fc.nat({ max: 5 }), { maxLength: 40 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const steps = diffLists(before, after, 100) ?? [];
      let from = 0;
      const made: number[] = [];
      for (const { is, count } of steps) {
        if (is === 'kept') {
          made.push(...before.slice(from, from + count));
        } else if (is === 'added') made.push(...after.slice(made.length, made.length + count));
        if (is !== 'added') from += count;
      }
      expect(from).toBe(before.length);
      expect(made).toEqual(after);
    }),
  );
});

test('it gives up, and says so, when more edits are needed than it may take', () => {
  expect(diffLists([1, 2, 3], [4, 5, 6], 5)).toBeNull();
  expect(diffLists([1, 2, 3], [4, 5, 6], 6)).toEqual([
    { is: 'removed', count: 3 },
    { is: 'added', count: 3 },
  ]);
});

test('zero is an item like any other, and nothing is made of nothing', () => {
  expect(diffLists([0, 0], [0], 3)).toEqual([
    { is: 'kept', count: 1 },
    { is: 'removed', count: 1 },
  ]);
  expect(diffLists([], [], 1)).toEqual([]);
});
