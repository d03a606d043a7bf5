import type { Classifier, Likely } from './classifier.ts';
import { featuresOf, isWord } from './features.ts';
import type { Example } from './train-classifier.ts';
import { ownWords, stem, stemsOf, tokens } from './words.ts';

/** Characters of an example, as the files of examples allow; longer texts are compared by their beginning. */
const LONGEST = 600;

/** What of a text an example may hold: the person's own words, one space between them, cut behind a word. */
export function exampleWords(text: string): string {
  const plain = ownWords(text).replaceAll(/\s+/g, ' ').trim();
  if (plain.length <= LONGEST) return plain;
  const end = plain.lastIndexOf(' ', LONGEST);
  return plain.slice(0, end > 0 ? end : LONGEST);
}

/** What two texts have alike that say the same: marks and capitals say nothing. '' for a text without a word. */
export function sameWords(text: string): string {
  return tokens(exampleWords(text)).join(' ');
}

/** A text as what it is known by, each with its weight; its length is 1. */
type Vector = ReadonlyMap<string, number>;
type Rarity = (feature: string) => number;
type Known = { readonly example: Example; readonly same: string; readonly vector: Vector };
/** Which examples hold a feature, and how much of it. */
type Index = ReadonlyMap<string, readonly { readonly at: number; readonly by: number }[]>;

/** An example that a text is near to: `closeness` is the cosine of the two, 0 to 1. */
type Near = { readonly known: Known; readonly closeness: number };

/** What is farther away says nothing: a text that is near no example is read as if there were none. */
const NEAR = 0.5;
/** From here on the words are the same but for their endings. */
const EXACT = 0.9999;
/** An answer to the very words is as good as certain; a person may still have meant something else this time. */
const SURE = 0.97;

/**
 * Makes classifiers that read with examples of one's own beside those `base` learnt from. Nothing is trained anew: what
 * was said of words near enough counts the more the nearer they are (a nearest neighbour classifier, Cover and Hart
 * 1967), and is mixed with what `base` says. Without an example near the text the reading is that of `base`, to the byte.
 * Examples come oldest first: of two with the same words the later counts.
 */
export function ownLearner(base: Classifier): (own: readonly Example[]) => Classifier {
  const rarity: Rarity = base.rarity ?? (() => 1);
  const seen = new WeakMap<Example, Known>();
  const know = (example: Example): Known => {
    const known = seen.get(example) ?? knownAs(example, rarity);
    seen.set(example, known);
    return known;
  };
  return (own) => {
    const latest = new Map(own.map(know).map((known) => [known.same, known]));
    const all = [...latest.values()].filter(({ vector }) => vector.size > 0);
    if (all.length === 0) return base;
    const index = indexOf(all);
    return (text, most) => {
      const near = nearTo(vectorOf(exampleWords(text), rarity), index, all);
      const before = base(text, most);
      return near.length === 0 ? before : mixed(before, near, text).slice(0, most);
    };
  };
}

function knownAs(example: Example, rarity: Rarity): Known {
  const { text } = example;
  return { example, same: sameWords(text), vector: vectorOf(exampleWords(text), rarity) };
}

/** Pairs count for less than in `base`: a greeting or a "please" more makes new pairs and says nothing. */
const PAIRS = 0.5;

function vectorOf(text: string, rarity: Rarity): Vector {
  const weighed = [...featuresOf(stemsOf(text).list)].map(
    ([name, weight]) => [name, weight * rarity(name) * (name.includes(' ') ? PAIRS : 1)] as const,
  );
  const length = Math.sqrt(weighed.reduce((sum, [, by]) => sum + by * by, 0)) || 1;
  return new Map(weighed.map(([name, by]) => [name, by / length]));
}

function indexOf(all: readonly Known[]): Index {
  const index = new Map<string, { at: number; by: number }[]>();
  for (const [at, { vector }] of all.entries())
    for (const [name, by] of vector) {
      const places = index.get(name);
      if (places === undefined) index.set(name, [{ at, by }]);
      else places.push({ at, by });
    }
  return index;
}

/** The examples near a text, oldest first; where some have the very words, the latest of them alone. */
function nearTo(vector: Vector, index: Index, all: readonly Known[]): readonly Near[] {
  const closeness = new Float64Array(all.length);
  for (const [name, own] of vector)
    for (const { at, by } of index.get(name) ?? []) closeness[at] = (closeness[at] ?? 0) + own * by;
  const near = all
    .map((known, at) => ({ known, closeness: closeness[at] ?? 0 }))
    .filter((one) => one.closeness > NEAR);
  const exact = near.findLast((one) => one.closeness >= EXACT);
  return exact === undefined ? near : [exact];
}

/** So that a greeting more or less leaves it as good as certain. */
const BEYOND = 1.35;

/** How much an example this near counts, 0 to `SURE`; little at first, so that a few words in common decide nothing. */
function strength({ closeness }: Near): number {
  const beyond = (Math.min(closeness, 1) - NEAR) / (1 - NEAR);
  return SURE * Math.min(1, beyond * beyond * BEYOND);
}

type Told = { odds: number; nearest: Near };

/** What is near takes its part of the whole from what `before` says, and shares it out by odds. */
function mixed(before: readonly Likely[], near: readonly Near[], text: string): readonly Likely[] {
  const trust = Math.min(SURE, 1 - near.reduce((doubt, one) => doubt * (1 - strength(one)), 1));
  const told = new Map<string, Told>();
  for (const one of near) {
    const odds = strength(one) / (1 - strength(one));
    const known = told.get(one.known.example.kind) ?? { odds: 0, nearest: one };
    known.odds += odds;
    if (one.closeness > known.nearest.closeness) known.nearest = one;
    told.set(one.known.example.kind, known);
  }
  const all = [...told.values()].reduce((sum, { odds }) => sum + odds, 0);
  const kinds = new Set([...before.map(({ kind }) => kind), ...told.keys()]);
  const mixing = { trust, all, text };
  return [...kinds]
    .map((kind) =>
      mix(before.find((one) => one.kind === kind) ?? none(kind), told.get(kind), mixing),
    )
    .sort((a, b) => b.share - a.share);
}

function none(kind: string): Likely {
  return { kind, share: 0, because: () => [] };
}

type Mixing = { readonly trust: number; readonly all: number; readonly text: string };

function mix(before: Likely, told: Told | undefined, { trust, all, text }: Mixing): Likely {
  const left = before.share * (1 - trust);
  if (told === undefined) return { ...before, share: left };
  const part = trust * (told.odds / all);
  const likely = { ...before, share: left + part };
  if (part < left) return likely;
  const { known, closeness } = told.nearest;
  return { ...likely, because: () => inCommon(text, known.vector), own: closeness };
}

const MOST_REASONS = 4;

/** Words of the text that the example has as well, the rarest first: nothing is told of it that was not written again. */
function inCommon(text: string, vector: Vector): readonly string[] {
  const written = new Map(tokens(text).map((word) => [stem(word), word]));
  return [...vector]
    .filter(([name]) => isWord(name) && written.has(name))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_REASONS)
    .map(([name]) => written.get(name) ?? name);
}
