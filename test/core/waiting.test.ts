import { describe, expect, test } from '@jest/globals';
import { moment } from '../../src/core/moment.ts';
import { whatIsDue } from '../../src/core/waiting.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const by = { remindAfter: DAY, expireAfter: 28 * DAY, quiet: () => false };
const wait = (moved: number, began = moved) => ({
  moved: moment(moved),
  began: moment(began),
  reminds: true,
});

describe('what is due for a task that waits', () => {
  test('nothing, then a reminder, and that one again a day after it', () => {
    expect(whatIsDue(moment(DAY - 1), wait(0), by)).toEqual({ is: 'nothing' });
    expect(whatIsDue(moment(DAY), wait(0), by)).toEqual({ is: 'remind', due: DAY, quiet: false });
    expect(whatIsDue(moment(DAY + HOUR), wait(DAY, 0), by)).toEqual({ is: 'nothing' });
    expect(whatIsDue(moment(2 * DAY), wait(DAY, 0), by).is).toBe('remind');
  });

  test('its end, counted from where the wait began and not from the last reminder', () => {
    const late = whatIsDue(moment(28 * DAY), wait(27 * DAY, 0), by);
    expect(late).toEqual({ is: 'expire', due: 28 * DAY, quiet: false });
  });

  test('no reminder where there is nobody to remind, but an end', () => {
    const alone = { ...wait(0), reminds: false };
    expect(whatIsDue(moment(27 * DAY), alone, by).is).toBe('nothing');
    expect(whatIsDue(moment(28 * DAY), alone, by).is).toBe('expire');
  });

  test('nothing in quiet hours; after them, what came due in them is known as put off', () => {
    const quiet = (at: number): boolean => at < DAY + 3 * HOUR;
    expect(whatIsDue(moment(DAY + HOUR), wait(0), { ...by, quiet })).toEqual({ is: 'nothing' });
    const after = whatIsDue(moment(DAY + 3 * HOUR), wait(0), { ...by, quiet });
    expect(after).toEqual({ is: 'remind', due: DAY, quiet: true });
  });
});
