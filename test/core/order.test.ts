import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inTurn, turnAfter, withoutCircles } from '../../src/core/order.ts';
import { STATES } from '../../src/core/task.ts';

describe('pieces in order', () => {
  test('a piece goes once the one before it is delivered, and asks when nothing will come of it', () => {
    const turns = Object.fromEntries(STATES.map((state) => [state, turnAfter(state)]));
    expect(turns).toMatchObject({ delivered: 'go', cancelled: 'ask', rejected: 'ask' });
    expect(Object.values(turns).filter((turn) => turn === 'wait')).toHaveLength(STATES.length - 3);
  });

  test('what closes a circle or points nowhere is dropped', () => {
    expect(withoutCircles([1, 0])).toEqual([1, null]);
    expect(withoutCircles([0, 7, null, 2])).toEqual([null, null, null, 2]);
  });

  test('in every order each comes behind the one it waits for', () => {
    const links = fc.array(fc.option(fc.integer({ min: -1, max: 8 })), { maxLength: 8 });
    fc.assert(
      fc.property(links, (given) => {
        const after = withoutCircles(given);
        const order = inTurn(after);
        expect([...order].sort((a, b) => a - b)).toEqual(given.map((_, i) => i));
        after.forEach((before, i) => {
          if (before !== null) expect(order.indexOf(before)).toBeLessThan(order.indexOf(i));
        });
      }),
    );
  });
});
