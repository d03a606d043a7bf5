import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alike, likeness, MOST_ALIKE, runsOf } from '../../src/core/likeness.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 30 });
const runs = text.map((words) => runsOf(words.join(' ')));

describe('runs of five words', () => {
  test('are counted once, without marks and capitals', () => {
    expect([...runsOf('Read the piece, once. And READ the piece once and again')]).toEqual([
      'read the piece once and',
      'the piece once and read',
      'piece once and read the',
      'once and read the piece',
      'and read the piece once',
      'the piece once and again',
    ]);
  });

  test('of four words there are none', () => expect(runsOf('only four words here').size).toBe(0));
});

describe('likeness', () => {
  test('is the share of the text with fewer runs', () => {
    const short = runsOf('one two three four five six');
    const long = runsOf('one two three four five and then much more that is said here');
    expect(likeness(short, long)).toBe(0.5);
    expect(likeness(long, short)).toBe(0.5);
  });

  test('is between nothing and all, the same both ways, and all of a text with itself', () => {
    fc.assert(
      fc.property(runs, runs, (one, other) => {
        const share = likeness(one, other);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(likeness(other, one)).toBe(share);
        expect(likeness(one, one)).toBe(one.size === 0 ? 0 : 1);
      }),
    );
  });

  test('a text hidden in a longer one is found', () => {
    const brief = 'Read the draft twice and mark every claim that has no source beside it';
    const padding = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ');
    const found = alike(
      new Map([
        ['fact-checker', brief],
        ['sly', `${padding} ${brief} ${padding}`],
        ['other', 'Nothing in here has been said anywhere else in this house before'],
      ]),
    );
    expect(found).toEqual([{ one: 'fact-checker', other: 'sly', share: 1 }]);
    expect(MOST_ALIKE).toBe(0.3);
  });
});
