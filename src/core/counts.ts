/** A text as numbers: places in the table of weights, and what stands there, to single precision. */
export type Vector = { readonly at: ArrayLike<number>; readonly value: ArrayLike<number> };
export type Sample = { readonly vector: Vector; readonly kind: number };

/**
 * Complement naive Bayes (Rennie et al. 2003): how much oftener a feature stands in the examples of a kind than in those of
 * all others. It needs no training but counting, and errs elsewhere than what is trained.
 */
export type Counts = {
  /** Counts one example. */
  take(sample: Sample): void;
  /** Adds all of it, times `share`, to a table of weights with a row for each feature and a column for each kind. */
  addTo(weights: Float32Array, share: number): void;
};

/** What a feature counts where it was never seen: a little in a kind, and more in all others. */
const UNSEEN = { here: 0.03, elsewhere: 0.3 } as const;

/** How often features were seen: with each kind, in all, and how much each kind was seen. */
type Seen = {
  /** A row for each feature, a column for each kind. */
  readonly table: Float32Array;
  readonly ofKind: Float64Array;
  readonly ofFeature: Float64Array;
};

/** Counts over so many features and kinds. */
export function makeCounts(features: number, kinds: number): Counts {
  const seen: Seen = {
    table: new Float32Array(features * kinds),
    ofKind: new Float64Array(kinds),
    ofFeature: new Float64Array(features),
  };
  return {
    take: (sample) => count(seen, sample),
    addTo: (weights, share) => addTo(seen, weights, share),
  };
}

function count({ table, ofKind, ofFeature }: Seen, { vector: { at, value }, kind }: Sample): void {
  for (let i = 0; i < at.length; i += 1) {
    // Taken one by one: a pair of them for each of a quarter of a million is time and garbage.
    const feature = at[i] ?? 0;
    const by = value[i] ?? 0;
    const place = feature * ofKind.length + kind;
    table[place] = (table[place] ?? 0) + by;
    ofFeature[feature] = (ofFeature[feature] ?? 0) + by;
    ofKind[kind] = (ofKind[kind] ?? 0) + by;
  }
}

/** What each kind is divided by, once for all features. */
function bases({ ofKind, ofFeature }: Seen): Float64Array {
  const all = ofKind.reduce((sum, by) => sum + by, 0);
  const few = ofFeature.length;
  return ofKind.map(
    (sum) => Math.log(all - sum + UNSEEN.elsewhere * few) - Math.log(sum + UNSEEN.here * few),
  );
}

/** What a feature says of every kind alike changes no share, and is left out. */
function addTo(seen: Seen, weights: Float32Array, share: number): void {
  const { table, ofKind, ofFeature } = seen;
  const base = bases(seen).map((by) => by * share);
  let place = 0;
  for (let feature = 0; feature < ofFeature.length; feature += 1) {
    const sum = ofFeature[feature] ?? 0;
    const all = Math.log(sum + UNSEEN.elsewhere);
    for (let kind = 0; kind < ofKind.length; kind += 1) {
      const here = table[place] ?? 0;
      const said = here > 0 ? share * more(here, { sum, all }) : 0;
      weights[place] = (weights[place] ?? 0) + (base[kind] ?? 0) + said;
      place += 1;
    }
  }
}

const UNSEEN_HERE = Math.log(UNSEEN.here);

/** How much more a feature says of a kind it was seen with, so much (`here`) of its `sum`, than of one it was not. */
function more(here: number, { sum, all }: { readonly sum: number; readonly all: number }): number {
  return Math.log(here + UNSEEN.here) - UNSEEN_HERE + all - Math.log(sum - here + UNSEEN.elsewhere);
}
