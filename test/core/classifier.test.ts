import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scores } from '../../src/core/classifier.ts';
import type { Likely } from '../../src/core/classifier.ts';
import { featuresOf } from '../../src/core/features.ts';
import { trainClassifier } from '../../src/core/train-classifier.ts';
import type { Example } from '../../src/core/train-classifier.ts';
import { stemsOf } from '../../src/core/words.ts';

const kinds = {
  bake: [
    'knead the dough',
    'rolls for breakfast',
    'an apple pie please',
    'bread with seeds',
    'more bread',
  ],
  plant: [
    'water the beans',
    'prune the apple tree',
    'seeds into the beds',
    'dig the beds',
    'more beans',
  ],
  paint: [
    'the wall in blue',
    'a second coat on the door',
    'blue or grey?',
    'sand the door',
    'more blue',
  ],
};
const examples: readonly Example[] = Object.entries(kinds).flatMap(([kind, texts]) =>
  texts.map((text) => ({ text, kind })),
);
const classify = trainClassifier(examples);
const told = (all: readonly Likely[]) => all.map((one) => ({ ...one, because: one.because() }));

test('what the weights say is the sum over the text for each kind, however many kinds there are', () => {
  const whole = fc.integer({ min: -9, max: 9 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 11 }),
      fc.array(fc.tuple(fc.nat(4), whole), { maxLength: 6 }),
      fc.array(whole, { minLength: 55, maxLength: 55 }),
      (kinds, features, cells) => {
        const weights = Float32Array.from(cells.slice(0, 5 * kinds));
        const vector = { at: features.map(([at]) => at), value: features.map(([, by]) => by) };
        const plain = Array.from({ length: kinds }, (_, kind) =>
          features.reduce((sum, [at, by]) => sum + (weights[at * kinds + kind] ?? 0) * by, 0),
        );
        expect([...scores({ weights }, vector, new Float64Array(kinds).fill(7))]).toEqual(plain);
      },
    ),
  );
});

describe('a classifier', () => {
  test('knows what it was shown, and says by which words', () => {
    for (const { text, kind } of examples) expect(classify(text, 1)[0]?.kind).toBe(kind);
    const [likeliest] = classify('please prune those trees', 1);
    expect(likeliest?.kind).toBe('plant');
    expect(likeliest?.because()).toContain('prune');
  });

  test('finds a long word that is misspelt at its end', () => {
    expect(classify('breakfasst', 1)[0]?.kind).toBe('bake');
  });

  test('gives shares of one whole, likeliest first, each kind once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('beans', 'bread', 'blue', 'apple', 'more', 'zzz'), {
          maxLength: 8,
        }),
        (words) => {
          const found = classify(words.join(' '), 3);
          const known = words.some((word) => word !== 'zzz');
          if (!known && found.length === 0) return;
          const shares = found.map(({ share }) => share);
          expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
          expect(shares).toEqual(shares.toSorted((a, b) => b - a));
          expect(new Set(found.map(({ kind }) => kind)).size).toBe(3);
        },
      ),
    );
  });

  test('says nothing of a text that holds no word of any example, nor without examples', () => {
    expect(classify('xyzzy', 3)).toEqual([]);
    expect(trainClassifier([])('bread', 3)).toEqual([]);
  });

  test('is the same whenever it is trained from the same examples', () => {
    const again = trainClassifier(examples);
    for (const text of ['more apple seeds', 'blue bread', 'beans'])
      expect(told(again(text, 3))).toEqual(told(classify(text, 3)));
  });

  test('tells of kinds apart by one example more', () => {
    const before = classify('glaze the mug', 1)[0]?.share ?? 0;
    const taught = trainClassifier([...examples, { text: 'glaze the mug', kind: 'paint' }]);
    expect(taught('glaze the mug', 1)[0]?.kind).toBe('paint');
    expect(taught('glaze the mug', 1)[0]?.share).toBeGreaterThan(before);
  });
});

test('a pair that one example alone has says nothing of other texts; its words do', () => {
  const rarity = classify.rarity ?? (() => NaN);
  const rarest = rarity('');
  const [once, twice] = ['knead the', 'the bed'].map((name) => rarity(name));
  expect(once).toBe(rarest);
  expect(twice).toBeLessThan(rarest);
  expect(rarity('bed')).toBeLessThan(rarest);
  expect(rarity('knead')).toBe(rarest);
});

test('features are words, pairs of neighbours and beginnings of long words', () => {
  const names = [...featuresOf(stemsOf('Please fix the headings').list).keys()];
  expect(names).toEqual(expect.arrayContaining(['fix', 'the', 'the head', 'fix the']));
  expect(
    [...featuresOf(stemsOf('accessibility').list).keys()].some((name) => name.startsWith('~')),
  ).toBe(true);
});
