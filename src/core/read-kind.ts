import type { Classifier, Likely } from './classifier.ts';
import type { Cue, Cues, KindCues } from './cue.ts';
import type { Sourced } from './facts.ts';
import { UNCLEAR } from './facts.ts';
import type { Kind } from './kind.ts';
import type { Named } from './named.ts';
import type { Stems } from './words.ts';
import { eachSaid, firstSaid, stem, stemsOf, tokens } from './words.ts';

/** The reading of a kind from words: what unmistakable cues say, and what the practice's examples make likely. */

/** A kind the words speak for. `because`: the words found, put together when they are asked for. */
export type KindCandidate = {
  readonly kind: string;
  /** 0 to 99: points of its cues, or how likely the examples make it. */
  readonly score: number;
  readonly because: () => string;
  /** Set where a person gave this kind to all but the same words before. */
  readonly isRepeat?: true;
};

/** What the words of a piece are read with: parts of a `RuleSet`. */
export type ReadBy = {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly cues: Cues;
  readonly classify: Classifier;
};

/** The kind that the words speak for, with how sure that is, and all kinds that came into question, best first. */
export type KindReading = {
  readonly facts: KindFacts;
  readonly candidates: readonly KindCandidate[];
};

/** Reads the kind of a piece from the person's own words; what a person `picked` stands above all words. */
export function readKind(
  own: string,
  by: ReadBy,
  around: Around & { picked?: string },
): KindReading {
  const cued = candidatesFor(stemsOf(own), by, around);
  const likely = likelyKinds(own, by, around.fileTypes);
  const facts = around.picked === undefined ? fromWords(cued, likely) : picked(around.picked);
  return { facts, candidates: together(cued, [...likely, ...askedOf(by, around.named)]) };
}

export type KindFacts = Pick<Sourced, 'kind' | 'confidence'>;

function picked(kind: string): KindFacts {
  return { kind: { value: kind, from: 'person' }, confidence: { value: 100, from: 'person' } };
}

/** What cues and examples disagree about is no surer than this: below any limit that still lets something act. */
const UNSURE = 40;

/**
 * What cues and examples say together. Where both speak for one kind the surer of them counts; where they speak for two,
 * neither is sure. Words that no example knows leave it to the cues. What a person said of the same words counts for more.
 */
function fromWords(cued: readonly KindCandidate[], likely: readonly KindCandidate[]): KindFacts {
  const [cue, guess] = [cued[0], likely[0]];
  if (guess?.isRepeat === true) return fact('examples', guess);
  if (cue === undefined) return fromExamples(likely);
  const lead = cue.score - (cued[1]?.score ?? 0);
  const value = Math.max(0, cue.score - Math.max(0, CLEAR_LEAD - lead));
  if (guess === undefined) return fact('cue', { ...cue, score: value });
  if (guess.kind === cue.kind) return fact('cue', { ...cue, score: Math.max(value, guess.score) });
  const [first, other] = cue.score > guess.score ? [cue, guess] : [guess, cue];
  const from = first === cue ? 'cue' : 'examples';
  return fact(from, { ...first, score: Math.min(first.score, UNSURE) }, `near ${other.kind}`);
}

/** What reads like requests of no kind is asked about, with the kinds that come after as what it may be. */
function fromExamples(likely: readonly KindCandidate[]): KindFacts {
  const best = likely.find(({ kind }) => kind !== UNCLEAR) ?? NOTHING;
  if (best.score < FAINT) return fact('examples', { ...NOTHING, score: best.score });
  if (likely[0]?.kind !== UNCLEAR) return fact('examples', best);
  return fact('examples', { ...best, score: Math.min(best.score, UNSURE) }, `near ${UNCLEAR}`);
}

/** A kind fainter than this is no reading at all. */
const FAINT = 15;
const NOTHING: KindCandidate = {
  kind: UNCLEAR,
  score: 0,
  because: () => 'it reads like no example',
};
/** A runner-up nearer than this many points makes the reading less sure, point by point. */
const CLEAR_LEAD = 30;

function fact(from: 'cue' | 'examples', read: KindCandidate, near?: string): KindFacts {
  const { kind, score, because } = read;
  return {
    kind: { value: kind, from, because: because() },
    confidence: { value: score, from, ...(near === undefined ? {} : { because: near }) },
  };
}

/** So many kinds are looked at; further down nothing is likely. */
const LIKELY = 8;
/** A request of fewer words than this says little, however sure its only word seems. */
const FEW_WORDS = 3;

/** What the examples say. A kind that takes the files that came is likelier than one that needs none, or other ones. */
function likelyKinds(text: string, by: ReadBy, fileTypes: readonly string[]): KindCandidate[] {
  const words = tokens(text);
  const short = Math.min(1, (words.length + 1) / FEW_WORDS) * knownShare(words, by.classify);
  const found = by.classify(text, LIKELY).map((likely) => ({
    likely,
    weight: likely.share * fit(by.kinds.get(likely.kind), fileTypes),
  }));
  // The shares of all kinds are 1: what the files take from one of these goes to the others.
  const before = found.reduce((sum, { likely }) => sum + likely.share, 0);
  const after = found.reduce((sum, { weight }) => sum + weight, 0) || 1;
  return found
    .map(({ likely, weight }) => {
      const sure = Math.max(short, likely.own ?? 0);
      const score = Math.round((weight / after) * before * sure * 100);
      return candidateOf(likely, Math.min(MOST, score));
    })
    .sort((a, b) => b.score - a.score);
}

/** From here on the words are nearly those that were answered before. */
const REPEAT = 0.9;
const ANSWERED = 'an answer given before';

function candidateOf({ kind, because, own = 0 }: Likely, score: number): KindCandidate {
  if (own === 0) return { kind, score, because: () => because().join(', ') };
  const told = { kind, score, because: () => [ANSWERED, ...because()].join(', ') };
  return own < REPEAT ? told : { ...told, isRepeat: true };
}

/** So many known words say enough, whatever names stand among them. */
const ENOUGH_WORDS = 5;

/** Of a short text unknown words, or such that one example alone has, leave little to go by: 1 where all are known, a half where none is. */
function knownShare(words: readonly string[], { rarity }: Classifier): number {
  if (rarity === undefined || words.length === 0) return 1;
  const rarest = rarity('');
  const known = words.filter((word) => rarity(stem(word)) < rarest).length;
  return known >= ENOUGH_WORDS ? 1 : 0.5 + known / words.length / 2;
}

const FITS = { takes: 1, needs_none: 0.7, needs_others: 0.4 } as const;

function fit(kind: Kind | undefined, fileTypes: readonly string[]): number {
  if (kind?.sort !== 'work' || fileTypes.length === 0) return FITS.takes;
  const { files } = kind.needs;
  if (files === undefined) return FITS.needs_none;
  return fileTypes.some((type) => files.includes(type)) ? FITS.takes : FITS.needs_others;
}

/** The kinds of a persona who was asked by name: offered, however little the words say of them. */
function askedOf({ kinds }: ReadBy, { persona }: Named): readonly KindCandidate[] {
  if (persona === undefined) return [];
  return [...kinds.values()]
    .filter((kind) => kind.sort === 'work' && kind.persona === persona)
    .map(({ id }) => ({ kind: id, score: BONUS.persona, because: () => `persona ${persona}` }));
}

/** For the buttons: what the cues say, and after it what the examples do, each kind once, best first. */
function together(cued: readonly KindCandidate[], likely: readonly KindCandidate[]) {
  const first = new Map<string, KindCandidate>();
  for (const one of [...cued, ...likely].filter(({ kind }) => kind !== UNCLEAR)) {
    const known = first.get(one.kind);
    if (known === undefined || known.score < one.score) first.set(one.kind, one);
  }
  return [...first.values()].sort((a, b) => b.score - a.score);
}

type Around = { readonly fileTypes: readonly string[]; readonly named: Named };

/** All kinds the words speak for, best first; equal scores keep the order of `cues.yaml`. */
function candidatesFor(text: Stems, by: ReadBy, around: Around): readonly KindCandidate[] {
  return by.cues.kinds
    .map((cues) => candidate(text, { cues, kind: by.kinds.get(cues.kind) }, around))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score);
}

const MOST = 99;
/** Each further cue beside the best adds a little, file types that fit a little, the kind's own persona much. */
const BONUS = { cue: 5, cues: 10, files: 8, persona: 40 };

type Cued = { readonly cues: KindCues; readonly kind: Kind | undefined };

function candidate(text: Stems, { cues, kind }: Cued, { named, fileTypes }: Around): KindCandidate {
  const found = cues.cues.flatMap((cue) => {
    const words = saidBy(text, cue);
    return words === undefined ? [] : [{ points: cue.points, words }];
  });
  const best = Math.max(0, ...found.map((f) => f.points));
  const further = Math.min(BONUS.cues, Math.max(0, found.length - 1) * BONUS.cue);
  const asked = kind?.sort === 'work' && kind.persona === named.persona;
  const fits = found.length > 0 && cues.fileTypes.some((type) => fileTypes.includes(type));
  const score = best + further + (asked ? BONUS.persona : 0) + (fits ? BONUS.files : 0);
  const because = [...new Set(found.flatMap((f) => f.words))];
  if (asked) because.push(`persona ${named.persona ?? ''}`);
  if (fits) because.push('file types');
  return { kind: cues.kind, score: Math.min(MOST, score), because: () => because.join(', ') };
}

/** The words with which a text meets a cue: one of each group, none of `unless`; undefined when it does not. */
function saidBy(text: Stems, cue: Cue): readonly string[] | undefined {
  const words = eachSaid(text, cue.all);
  return words === undefined || firstSaid(text, cue.unless) !== undefined ? undefined : words;
}
