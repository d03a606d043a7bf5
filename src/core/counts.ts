import type { Sample, Vector } from './classifier.ts';

/**
 * Complement naive Bayes (Rennie et al. 2003): how much oftener a feature stands in the examples of a kind than in those of
 * all others. It needs no training but counting, and errs elsewhere than what is trained.
 */
export type Counts = {
  /** Counts one example. */
  take(sample: Sample): void;
  /** What the counts say of a text, for each kind. */
  score(vector: Vector): Float64Array;
  /** Adds all of it, times `share`, to a table of weights with a row for each feature and a column for each kind. */
  addTo(weights: Float32Array, share: number): void;
};

/** What a feature counts where it was never seen: a little in a kind, and more in all others. */
const UNSEEN = { here: 0.03, elsewhere: 0.3 } as const;

/** Counts over so many features and kinds. */
export function makeCounts(features: number, kinds: number): Counts {
  const table = new Float32Array(features * kinds);
  const ofKind = new Float64Array(kinds);
  const ofFeature = new Float64Array(features);
  let all = 0;

  /** What each kind is divided by, once for all features. */
  const bases = (): Float64Array =>
    ofKind.map(
      (sum) =>
        Math.log(all - sum + UNSEEN.elsewhere * features) - Math.log(sum + UNSEEN.here * features),
    );

  /** How much more a feature says of a kind it was seen with than of one it was not. */
  function seen(feature: number, here: number): number {
    const sum = ofFeature[feature] ?? 0;
    return (
      Math.log(here + UNSEEN.here) -
      Math.log(UNSEEN.here) +
      Math.log(sum + UNSEEN.elsewhere) -
      Math.log(sum - here + UNSEEN.elsewhere)
    );
  }

  return {
    take: ({ vector: { at, value }, kind }) => {
      for (let i = 0; i < at.length; i += 1) {
        const [feature = 0, by = 0] = [at[i], value[i]];
        const place = feature * kinds + kind;
        table[place] = (table[place] ?? 0) + by;
        ofFeature[feature] = (ofFeature[feature] ?? 0) + by;
        ofKind[kind] = (ofKind[kind] ?? 0) + by;
        all += by;
      }
    },
    // What a feature says of every kind alike changes no share, and is left out.
    score: ({ at, value }) => {
      const whole = value.reduce((sum, by) => sum + by, 0);
      const sums = bases().map((base) => base * whole);
      for (let i = 0; i < at.length; i += 1) {
        const [feature = 0, by = 0] = [at[i], value[i]];
        for (let kind = 0; kind < kinds; kind += 1) {
          const here = table[feature * kinds + kind] ?? 0;
          if (here > 0) sums[kind] = (sums[kind] ?? 0) + by * seen(feature, here);
        }
      }
      return sums;
    },
    addTo: (weights, share) => {
      const base = bases().map((by) => by * share);
      for (let place = 0, kind = 0; place < table.length; place += 1) {
        const here = table[place] ?? 0;
        const more = here > 0 ? share * seen((place - kind) / kinds, here) : 0;
        weights[place] = (weights[place] ?? 0) + (base[kind] ?? 0) + more;
        kind = kind + 1 === kinds ? 0 : kind + 1;
      }
    },
  };
}
