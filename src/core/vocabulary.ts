import type { Vector } from './counts.ts';
import type { Features } from './features.ts';

/** Names to places and back, with how rare each is. */
export type Vocabulary = {
  readonly places: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  readonly rarity: Float32Array;
};

/** Every feature of the examples, in the order in which they are met. */
export function vocabularyOf(all: readonly Features[]): Vocabulary {
  const places = new Map<string, number>();
  const found: number[] = [];
  for (const features of all)
    for (const name of features.keys()) {
      const place = places.get(name) ?? found.push(0) - 1;
      places.set(name, place);
      found[place] = (found[place] ?? 0) + 1;
    }
  const rarity = Float32Array.from(found, (n) => Math.log(1 + all.length / n));
  return { places, names: [...places.keys()], rarity };
}

/** Features that no example has are left out; the rest is brought to length 1. */
export function vectorOf(features: Features, { places, rarity }: Vocabulary): Vector {
  const at = new Int32Array(features.size);
  const value = new Float32Array(features.size);
  let [known, square] = [0, 0];
  features.forEach((weight, name) => {
    const place = places.get(name);
    if (place === undefined) return;
    const by = weight * (rarity[place] ?? 0);
    at[known] = place;
    value[known] = by;
    square += by * by;
    known += 1;
  });
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < known; i += 1) value[i] = (value[i] ?? 0) / length;
  return { at: at.subarray(0, known), value: value.subarray(0, known) };
}

/** How rare a feature is among so many examples; one that none of them has is the rarest. */
export function rarityIn({ places, rarity }: Vocabulary, examples: number) {
  const rarest = Math.log(1 + examples);
  return (feature: string): number => {
    const place = places.get(feature);
    return place === undefined ? rarest : (rarity[place] ?? rarest);
  };
}
