import type { Vector } from './counts.ts';
import { rarityIn, vectorOf } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import { stem, stemsOf, tokens } from './words.ts';

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
  /** How rare a feature is among the examples; what one of them has or none is the rarest. */
  readonly rarity?: (feature: string) => number;
};

/** What a classifier reads with: one weight for each feature and kind. */
export type Model = {
  readonly vocabulary: Vocabulary;
  readonly kinds: readonly string[];
  /** A row for each place, a column for each kind. */
  readonly weights: Float32Array;
};

/** How a model was trained: by so many examples, and how sure it may be (`temperature`). */
export type Trained = { readonly examples: number; readonly temperature: number };

/** The classifier that reads with a trained model. */
export function classifierBy(model: Model, { examples, temperature }: Trained): Classifier {
  const sums = new Float64Array(model.kinds.length);
  const classify: Classifier = (text, most) => likely(model, { text, temperature, most, sums });
  return Object.assign(classify, { rarity: rarityIn(model.vocabulary, examples) });
}

type Asked = {
  readonly text: string;
  readonly temperature: number;
  readonly most: number;
  /** Where it is summed up, so that no text leaves a table behind. */
  readonly sums: Float64Array;
};

function likely(model: Model, { text, temperature, most, sums }: Asked): readonly Likely[] {
  const vector = vectorOf(stemsOf(text).list, model.vocabulary);
  if (vector.at.length === 0) return [];
  const shares = sharesOf(scores(model, vector, sums), temperature);
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

/**
 * What the weights say of a text, for each kind, written into `sums`. Training is mostly this, so four kinds are summed up at a
 * time. The last four may have been summed up in part before; where there are fewer than four, what is written before a typed
 * array's first place is dropped.
 */
export function scores(
  { weights }: Pick<Model, 'weights'>,
  { at, value }: Vector,
  sums: Float64Array,
): Float64Array {
  for (let next = 0; next < sums.length; next += 4) {
    const kind = Math.min(next, sums.length - 4);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < at.length; i += 1) {
      const place = (at[i] ?? 0) * sums.length + kind;
      const by = value[i] ?? 0;
      a += (weights[place] ?? 0) * by;
      b += (weights[place + 1] ?? 0) * by;
      c += (weights[place + 2] ?? 0) * by;
      d += (weights[place + 3] ?? 0) * by;
    }
    sums[kind] = a;
    sums[kind + 1] = b;
    sums[kind + 2] = c;
    sums[kind + 3] = d;
  }
  return sums;
}

/** Softmax in place: what each score is of all, the sum being 1. */
export function sharesOf(sums: Float64Array, temperature: number): Float64Array {
  let [top, all] = [-Infinity, 0];
  for (let i = 0; i < sums.length; i += 1) top = Math.max(top, sums[i] ?? 0);
  for (let i = 0; i < sums.length; i += 1) {
    const part = Math.exp(((sums[i] ?? 0) - top) / temperature);
    sums[i] = part;
    all += part;
  }
  for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] ?? 0) / all;
  return sums;
}

const MOST_REASONS = 4;

/**
 * Makes what tells the words that speak most for a kind, in the words that were written and not in their stems. What is the
 * same for all kinds is worked out once, and not before the first is asked for.
 */
function reasonsIn({ weights, kinds, vocabulary }: Model, { text, vector }: Written) {
  let known: readonly WrittenWord[] | undefined;
  const words = (): readonly WrittenWord[] => {
    const written = new Map(
      tokens(text).map((word) => [vocabulary.words.get(stem(word))?.place, word]),
    );
    return Array.from(vector.at).flatMap((place, i) => {
      const word = written.get(place);
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
