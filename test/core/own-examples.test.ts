import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Classifier, Likely } from '../../src/core/classifier.ts';
import type { Example } from '../../src/core/train-classifier.ts';
import { UNCLEAR } from '../../src/core/facts.ts';
import { exampleWords, ownLearner, sameWords } from '../../src/core/own-examples.ts';
import { readPiece } from '../../src/core/read.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import { loadLibrary } from '../../src/library/load.ts';

let rules: RuleSet;
let learn: (own: readonly Example[]) => Classifier;
let shipped: readonly Example[];
beforeAll(async () => {
  ({ rules } = await loadLibrary(path.resolve('rules'), path.resolve('personas')));
  learn = ownLearner(rules.classify);
  shipped = readdirSync('rules/kinds').flatMap((name) => {
    const file = parse(readFileSync(path.join('rules/kinds', name), 'utf8')) as {
      kind: string;
      examples: readonly string[];
    };
    return file.examples.map((text) => ({ text, kind: file.kind }));
  });
}, 60_000);

/** Below this the rules ask (LIMIT-010). */
const ASKS_BELOW = 60;

const read = (text: string, classify: Classifier) =>
  readPiece({ text, files: [] }, { ...rules, classify }, { cloud: 'allowed' }).facts;

const told = (all: readonly Likely[]) => all.map((one) => ({ ...one, because: one.because() }));

const kind = fc.constantFrom('draft.blog', 'audit.content', 'rewrite.plain', 'plan.content');
const word = fc.constantFrom(
  ...'the usual thing for spring page again please sort make it nicer zephyr homepage Meyer audit blog post translate numbers fix broken copy sign up form'.split(
    ' ',
  ),
);
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '));
const own = fc.array(fc.record({ text: words, kind }), { minLength: 1, maxLength: 20 });

describe('a client’s own examples', () => {
  test('the very words are read with the kind that was said last, surely enough not to ask', () => {
    fc.assert(
      fc.property(own, (examples) => {
        const classify = learn(examples);
        for (const { text } of examples) {
          const last = examples.findLast((one) => sameWords(one.text) === sameWords(text));
          const { kind: said, confidence } = read(`${text.toUpperCase()}!`, classify);
          expect(said).toMatchObject({ value: last?.kind, from: 'examples' });
          expect(said.because).toContain('an answer given before');
          expect(confidence.value).toBeGreaterThanOrEqual(ASKS_BELOW);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('whatever one client teaches, another is read as before, to the byte', () => {
    fc.assert(
      fc.property(own, words, (examples, text) => {
        const before = read(text, rules.classify);
        learn(examples)(text, 8);
        expect(read(text, rules.classify)).toEqual(before);
        expect(learn([])).toBe(rules.classify);
      }),
      { numRuns: 200 },
    );
  });

  test('confidence stays a whole number from 0 to 99, and shares a part of one whole', () => {
    fc.assert(
      fc.property(own, words, (examples, text) => {
        const classify = learn(examples);
        const { confidence } = read(text, classify);
        expect(Number.isInteger(confidence.value)).toBe(true);
        expect(confidence.value).toBeGreaterThanOrEqual(0);
        expect(confidence.value).toBeLessThanOrEqual(99);
        const shares = classify(text, 8).map(({ share }) => share);
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  test('the same examples teach the same, whoever learns them', () => {
    fc.assert(
      fc.property(own, words, (examples, text) => {
        const again = ownLearner(rules.classify)(examples);
        expect(told(again(text, 8))).toEqual(told(learn(examples)(text, 8)));
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['please do the usual for the spring one', 'hi, please do the usual for the spring one, thx'],
    ['please do the usual for the spring one', 'do the usual for the spring one'],
    ['make it nicer please', 'please make it nicer'],
    ['the zephyr thing needs love', 'teh zephyr thing needs lov'],
    ['the zephyr thing needs love', 'the zephyr thing needs some love'],
    ['the usual with the harbour', 'the usual with that harbour please'],
  ])('after "%s", "%s" leans the same way', (answered, near) => {
    const { kind: said } = read(near, learn([{ text: answered, kind: 'plan.content' }]));
    expect(said).toMatchObject({ value: 'plan.content', from: 'examples' });
  });

  test.each([
    ['make it nicer please', 'make it faster please'],
    ['please do the usual for the spring one', 'please translate the spring one into german'],
    ['the Meyer page again', 'translate what the brewery sent into german'],
  ])('after "%s", "%s" is read as before', (answered, other) => {
    const classify = learn([{ text: answered, kind: 'plan.content' }]);
    expect(read(other, classify)).toEqual(read(other, rules.classify));
  });

  test('what 500 wrong answers taught changes next to nothing of requests that are not like them', () => {
    const kinds = [...rules.kinds.keys()];
    const every = (n: number) => (_: Example, i: number) => i % 5 === n;
    const wrong = shipped
      .filter(({ kind: of }) => of !== UNCLEAR)
      .filter(every(0))
      .slice(0, 500)
      .map(({ text }, i) => ({ text, kind: kinds[(i * 31) % kinds.length] ?? '' }));
    const classify = learn(wrong);
    const others = shipped.filter(({ text }) => wrong.every((one) => one.text !== text));
    const changed = others.filter(
      ({ text }) => classify(text, 3)[0]?.kind !== rules.classify(text, 3)[0]?.kind,
    );
    expect(wrong.length).toBeGreaterThan(400);
    expect(others.length).toBeGreaterThan(1500);
    expect(changed.length / others.length).toBeLessThan(0.01);
  });

  test('a cue that speaks for another kind does not make an answered request doubtful again', () => {
    const text = 'pretty print the thing we spoke of';
    expect(read(text, rules.classify).kind.value).toBe('format.files');
    const { kind: said, confidence } = read(text, learn([{ text, kind: 'plan.content' }]));
    expect(said.value).toBe('plan.content');
    expect(confidence.value).toBeGreaterThanOrEqual(ASKS_BELOW);
  });
});

test('an example is a person’s own words, on one line, at most 600 characters, cut behind a word', () => {
  expect(exampleWords('  please\n\nfix   this:\nwhat stands below is material')).toBe(
    'please fix this:',
  );
  expect(exampleWords('> quoted\nmine')).toBe('mine');
  const long = 'word '.repeat(200);
  expect(exampleWords(long)).toHaveLength(599);
  expect(exampleWords('x'.repeat(700))).toHaveLength(600);
  expect(sameWords('🎉 !!')).toBe('');
});
