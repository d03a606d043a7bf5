import { classifierBy, scores, sharesOf } from './classifier.ts';
import type { Classifier, Model } from './classifier.ts';
import type { Counts, Sample } from './counts.ts';
import { makeCounts } from './counts.ts';
import { gather } from './train-vocabulary.ts';
import { stem, tokens } from './words.ts';

/** A request that somebody knows the kind of. */
export type Example = { readonly text: string; readonly kind: string };

/** How far a step goes, first and last: what came early is learnt over, and what came last must not have the last word. */
const RATE = { first: 5, last: 3 };
/** How much the counts say beside what was learnt. */
const COUNTED = 0.6;
/** Below this a correction changes nothing that is seen, and most of them are. */
const NEGLIGIBLE = 0.02;
/** Every so many examples one is kept out of the first training, to see how sure the second may be. */
const HELD_OUT = 5;

/**
 * Trains a linear classifier: softmax regression over words, pairs and beginnings of words, by stochastic gradient descent in
 * a fixed order, and beside it the counts of each feature (`counts.ts`); what the two say is added up, which is right oftener
 * than either. The same examples give the same classifier on every machine. How sure it is is measured: a fifth of the
 * examples is kept apart once, and shares are sharpened or flattened (temperature scaling, Guo et al. 2017) until they say
 * how often it was right there.
 */
export function trainClassifier(examples: readonly Example[]): Classifier {
  if (examples.length === 0) return () => [];
  const kinds = [...new Set(examples.map(({ kind }) => kind))].sort();
  const { vocabulary, vectors } = gather(examples.map(({ text }) => tokens(text).map(stem)));
  const weights = new Float32Array(vocabulary.rarity.length * kinds.length);
  const model: Model = { vocabulary, kinds, weights };
  const numbers = new Map(kinds.map((kind, i) => [kind, i]));
  const samples = vectors.map((vector, i) => ({
    vector,
    kind: numbers.get(examples[i]?.kind ?? '') ?? 0,
  }));
  const temperature = train(model, samples);
  return classifierBy(model, { examples: examples.length, temperature });
}

/** Trains with a fifth kept apart, measures there how sure it may be, and then learns that fifth as well. */
function train(model: Model, samples: readonly Sample[]): number {
  const isHeld = (i: number): boolean => i % HELD_OUT === HELD_OUT - 1;
  const held = samples.filter((_, i) => isHeld(i));
  const counts = makeCounts(model.vocabulary.rarity.length, model.kinds.length);
  const shown = samples.filter((_, i) => !isHeld(i));
  shown.forEach((sample) => counts.take(sample));
  go(model, shown, RATE);
  const temperature = temperatureOf(model, counts, held);
  held.forEach((sample) => counts.take(sample));
  go(model, held, { first: RATE.last, last: RATE.last });
  counts.addTo(model.weights, COUNTED);
  return temperature;
}

/** Goes through all samples once, in steps that shorten evenly. */
function go(model: Model, samples: readonly Sample[], { first, last }: typeof RATE): void {
  const shares = new Float64Array(model.kinds.length);
  const wrong = new Int32Array(model.kinds.length);
  const shorter = (first - last) / samples.length;
  for (const [i, n] of shuffled(samples.length).entries()) {
    const sample = samples[n];
    if (sample !== undefined) learn({ model, rate: first - i * shorter, shares, wrong }, sample);
  }
}

/** What a step of gradient descent works with: how far it goes, and where it writes what was wrong. */
type Step = {
  readonly model: Model;
  readonly rate: number;
  readonly shares: Float64Array;
  readonly wrong: Int32Array;
};

/** One step of gradient descent; only kinds whose share was wrong enough to matter are corrected. */
function learn({ model, rate, shares, wrong }: Step, { vector, kind: right }: Sample): void {
  const { weights, kinds } = model;
  const { at, value } = vector;
  sharesOf(scores(model, vector, shares), 1);
  shares[right] = (shares[right] ?? 0) - 1;
  const count = wrongIn(shares, wrong);
  for (let i = 0; i < at.length; i += 1) {
    const row = (at[i] ?? 0) * kinds.length;
    const by = rate * (value[i] ?? 0);
    for (let n = 0; n < count; n += 1) {
      const kind = wrong[n] ?? 0;
      weights[row + kind] = (weights[row + kind] ?? 0) - by * (shares[kind] ?? 0);
    }
  }
}

/** Writes down the kinds whose share is wrong, and gives how many they are. */
function wrongIn(shares: Float64Array, wrong: Int32Array): number {
  let count = 0;
  for (let kind = 0; kind < shares.length; kind += 1)
    if (Math.abs(shares[kind] ?? 0) > NEGLIGIBLE) wrong[count++] = kind;
  return count;
}

/** The temperature of a few under which those kept out are the likeliest to be what they are. */
function temperatureOf(model: Model, counts: Counts, held: readonly Sample[]): number {
  const both = { ...model, weights: model.weights.slice() };
  counts.addTo(both.weights, COUNTED);
  const asked = held.filter((_, i) => i % ASKED === 0);
  const seen = asked.map(({ vector, kind }) => ({
    sums: scores(both, vector, new Float64Array(model.kinds.length)),
    kind,
  }));
  const shares = new Float64Array(model.kinds.length);
  const loss = (temperature: number): number => {
    let sum = 0;
    for (const { sums, kind } of seen) {
      shares.set(sums);
      sum -= Math.log(sharesOf(shares, temperature)[kind] ?? 0);
    }
    return sum;
  };
  return lowest(TEMPERATURES, TEMPERATURES.indexOf(1), loss);
}
/** One of so many of those kept out says as much of it as all do, a thousand being enough. */
const ASKED = 2;
const TEMPERATURES = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5];

/** Walks from one of them to where the loss is lowest: it has one valley, being convex in the inverse of a temperature. */
function lowest(of: readonly number[], from: number, loss: (one: number) => number): number {
  const lossAt = (place: number): number => {
    const one = of[place];
    return one === undefined ? Infinity : loss(one);
  };
  let [at, here] = [from, lossAt(from)];
  for (const step of [1, -1])
    for (let next = lossAt(at + step); next < here; next = lossAt(at + step)) {
      at += step;
      here = next;
    }
  return of[at] ?? 1;
}

const SEED = 1;

/** 0 to `size` in an order that looks random and is always the same (Fisher-Yates over a linear congruential generator). */
function shuffled(size: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  let state = SEED;
  for (let i = size - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = state % (i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
