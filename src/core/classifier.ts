import type { Counts, Sample, Vector } from './counts.ts';
import { makeCounts } from './counts.ts';
import { featuresOf } from './features.ts';
import { rarityIn, vectorOf, vocabularyOf } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import { stem, tokens } from './words.ts';

/** A request that somebody knows the kind of. */
export type Example = { readonly text: string; readonly kind: string };

/** How likely a text is of a kind: a share of 1 over all kinds, and the words that speak most for it (`because`). */
export type Likely = {
  readonly kind: string;
  readonly share: number;
  /** Worked out when it is asked for, which it seldom is. */
  readonly because: () => readonly string[];
  /** How near words are that a person gave this kind to before, 0 to 1; absent where that did not decide. */
  readonly own?: number;
};

/** Reads which kinds a text is likely of, likeliest first; empty when it holds no word of any example. */
export type Classifier = {
  (text: string, most: number): readonly Likely[];
  /** How rare a feature is among the examples; what none of them has is the rarest. */
  readonly rarity?: (feature: string) => number;
};

type Model = {
  readonly vocabulary: Vocabulary;
  readonly kinds: readonly string[];
  /** A row for each place, a column for each kind. */
  readonly weights: Float32Array;
};

const RATE = 6;
const COOLING = 0.25;
/** How much the counts say beside what was learnt. */
const COUNTED = 0.6;
/** Below this a correction changes nothing that is seen, and most of them are. */
const NEGLIGIBLE = 0.005;
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
  const read = examples.map(({ text }) => featuresOf(text));
  const vocabulary = vocabularyOf(read);
  const weights = new Float32Array(vocabulary.rarity.length * kinds.length);
  const model: Model = { vocabulary, kinds, weights };
  const numbers = new Map(kinds.map((kind, i) => [kind, i]));
  const samples = examples.map(({ kind }, i) => ({
    vector: vectorOf(read[i] ?? new Map(), vocabulary),
    kind: numbers.get(kind) ?? 0,
  }));
  const temperature = train(model, samples);
  const classify: Classifier = (text, most) => likely(model, { text, temperature, most });
  return Object.assign(classify, { rarity: rarityIn(vocabulary, examples.length) });
}

/** Trains with a fifth kept apart, measures there how sure it may be, and then learns that fifth as well. */
function train(model: Model, samples: readonly Sample[]): number {
  const isHeld = (i: number): boolean => i % HELD_OUT === HELD_OUT - 1;
  const held = samples.filter((_, i) => isHeld(i));
  const counts = makeCounts(model.vocabulary.names.length, model.kinds.length);
  const shown = samples.filter((_, i) => !isHeld(i));
  shown.forEach((sample) => counts.take(sample));
  go(model, shown, 0);
  const temperature = temperatureOf(model, counts, held);
  held.forEach((sample) => counts.take(sample));
  go(model, held, 1);
  counts.addTo(model.weights, COUNTED);
  return temperature;
}

function go(model: Model, samples: readonly Sample[], epoch: number): void {
  const rate = RATE / (1 + epoch * COOLING);
  for (const n of shuffled(samples.length, epoch)) learn(model, samples[n], rate);
}

type Asked = { readonly text: string; readonly temperature: number; readonly most: number };

function likely(model: Model, { text, temperature, most }: Asked): readonly Likely[] {
  const vector = vectorOf(featuresOf(text), model.vocabulary);
  if (vector.at.length === 0) return [];
  const shares = sharesOf(scores(model, vector), temperature);
  const reasons = reasonsIn(model, { text, vector });
  return largest(shares, most).map((kind) => ({
    kind: model.kinds[kind] ?? '',
    share: shares[kind] ?? 0,
    because: () => reasons(kind),
  }));
}

/** The places of the largest, largest first; of equal ones the earlier first. */
function largest(of: Float64Array, most: number): readonly number[] {
  const top: number[] = [];
  for (let place = 0; place < of.length; place += 1) {
    const value = of[place] ?? 0;
    let at = top.length;
    while (at > 0 && (of[top[at - 1] ?? 0] ?? 0) < value) at -= 1;
    if (at === most) continue;
    top.splice(at, 0, place);
    if (top.length > most) top.pop();
  }
  return top;
}

function scores({ weights, kinds }: Model, { at, value }: Vector): Float64Array {
  const sums = new Float64Array(kinds.length);
  for (let i = 0; i < at.length; i += 1) {
    const row = (at[i] ?? 0) * kinds.length;
    const by = value[i] ?? 0;
    for (let kind = 0; kind < sums.length; kind += 1)
      sums[kind] = (sums[kind] ?? 0) + (weights[row + kind] ?? 0) * by;
  }
  return sums;
}

/** Softmax in place: what each score is of all, the sum being 1. */
function sharesOf(sums: Float64Array, temperature: number): Float64Array {
  let [top, all] = [-Infinity, 0];
  for (const sum of sums) if (sum > top) top = sum;
  for (let i = 0; i < sums.length; i += 1) {
    const part = Math.exp(((sums[i] ?? 0) - top) / temperature);
    sums[i] = part;
    all += part;
  }
  for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] ?? 0) / all;
  return sums;
}

/** One step of gradient descent; only kinds whose share was wrong enough to matter are corrected. */
function learn(model: Model, sample: Sample | undefined, rate: number): void {
  if (sample === undefined) return;
  const { at, value } = sample.vector;
  const shares = sharesOf(scores(model, sample.vector), 1);
  shares[sample.kind] = (shares[sample.kind] ?? 0) - 1;
  const wrong = wrongIn(shares);
  for (let i = 0; i < at.length; i += 1)
    correct(model, { row: at[i] ?? 0, step: rate * (value[i] ?? 0), shares, wrong });
}

function wrongIn(shares: Float64Array): Int32Array {
  const wrong = new Int32Array(shares.length);
  let count = 0;
  for (let kind = 0; kind < shares.length; kind += 1)
    if (Math.abs(shares[kind] ?? 0) > NEGLIGIBLE) wrong[count++] = kind;
  return wrong.subarray(0, count);
}

type Correction = {
  readonly row: number;
  readonly step: number;
  readonly shares: Float64Array;
  readonly wrong: Int32Array;
};

function correct({ weights, kinds }: Model, { row, step, shares, wrong }: Correction): void {
  const first = row * kinds.length;
  for (const kind of wrong)
    weights[first + kind] = (weights[first + kind] ?? 0) - step * (shares[kind] ?? 0);
}

/** The temperature of a few under which those kept out are the likeliest to be what they are. */
function temperatureOf(model: Model, counts: Counts, held: readonly Sample[]): number {
  const seen = held.map(({ vector, kind }) => {
    const sums = scores(model, vector);
    counts.score(vector).forEach((by, i) => (sums[i] = (sums[i] ?? 0) + by * COUNTED));
    return { sums, kind };
  });
  const loss = (temperature: number): number =>
    seen.reduce(
      (sum, { sums, kind }) => sum - Math.log(sharesOf(sums.slice(), temperature)[kind] ?? 0),
      0,
    );
  const tried = TEMPERATURES.map((temperature) => ({ temperature, loss: loss(temperature) }));
  return tried.reduce((best, one) => (one.loss < best.loss ? one : best)).temperature;
}
const TEMPERATURES = [1, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5];

const MOST_REASONS = 4;

/**
 * Makes what tells the words that speak most for a kind, in the words that were written and not in their stems. What is the
 * same for all kinds is worked out once, and not before the first is asked for.
 */
function reasonsIn({ weights, kinds, vocabulary }: Model, { text, vector }: Written) {
  let known: readonly WrittenWord[] | undefined;
  const words = (): readonly WrittenWord[] => {
    const written = new Map(tokens(text).map((word) => [stem(word), word]));
    return [...vector.at].flatMap((place, i) => {
      const word = written.get(vocabulary.names[place] ?? '');
      return word === undefined
        ? []
        : [{ word, row: place * kinds.length, by: vector.value[i] ?? 0 }];
    });
  };
  return (kind: number): readonly string[] =>
    (known ??= words())
      .map(({ word, row, by }) => ({ word, points: (weights[row + kind] ?? 0) * by }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points)
      .slice(0, MOST_REASONS)
      .map(({ word }) => word);
}

type Written = { readonly text: string; readonly vector: Vector };
/** A word of the text that the examples know: where its weights begin, and how much of it there is. */
type WrittenWord = { readonly word: string; readonly row: number; readonly by: number };

/** 0 to `size` in an order that looks random and is always the same (Fisher-Yates over a linear congruential generator). */
function shuffled(size: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  let state = seed + 1;
  for (let i = size - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = state % (i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
