import type { Cue, Cues, KindCues, RaisingCue } from './cue.ts';
import type { CloudAnswer, Consequence, Fact, Sensitivity, Sourced } from './facts.ts';
import { CONSEQUENCES, higher, SENSITIVITIES, UNCLEAR } from './facts.ts';
import { typesOf } from './file-type.ts';
import type { Kind } from './kind.ts';
import type { Named } from './named.ts';
import { namedIn } from './named.ts';
import type { Piece } from './split.ts';
import type { Stems } from './words.ts';
import { firstSaid, ownWords, stemsOf, tokens } from './words.ts';

/** What settings of the client and the channel say, before any word is read. */
export type Given = {
  readonly sensitivity?: Sensitivity;
  readonly consequence?: Consequence;
  readonly cloud: CloudAnswer;
  /** Words inside the piece's text files, counted by whoever holds them; their content never steers. */
  readonly fileWords?: number;
  /** A kind a person picked with a button: stands above all words. */
  readonly kind?: string;
  /** How often the task was sent back so far; 0 when absent. */
  readonly rounds?: number;
};

/** A kind the words speak for. `because`: the cue words found. */
export type KindCandidate = {
  readonly kind: string;
  /** 0 to 99: points of its cues. */
  readonly score: number;
  readonly because: string;
};

/** The facts of a piece and the kinds that came into question, best first. */
export type Reading = { readonly facts: Sourced; readonly candidates: readonly KindCandidate[] };

/** What the words of a piece are read with: two parts of a `RuleSet`. */
export type ReadBy = { readonly kinds: ReadonlyMap<string, Kind>; readonly cues: Cues };

/**
 * Reads the facts of a piece from the person's own words, the names and types of its files, and what is given by
 * settings. Deterministic. What files contain never steers; cue words can only raise sensitivity and consequence.
 */
export function readPiece(piece: Piece, by: ReadBy, given: Given): Reading {
  const own = ownWords(piece.text);
  const fileTypes = typesOf(piece.files);
  const named = namedIn(own, by.kinds);
  const candidates = candidatesFor(stemsOf(own), by, { fileTypes, named });
  const kind = given.kind ?? named.kind;
  const read = kind === undefined ? fromCues(candidates) : picked(kind);
  // Raising reads everything, quoted material and file names too: it can only make AIOS more careful.
  const said = raised(stemsOf([piece.text, ...piece.files].join('\n')), by.cues.raising);
  const facts: Sourced = {
    ...read,
    sensitivity: sensitivityOf(said, given),
    consequence: consequenceOf(said, given, by.kinds.get(read.kind.value)),
    words: { value: tokens(piece.text).length + (given.fileWords ?? 0), from: 'default' },
    files: { value: piece.files.length, from: 'default' },
    fileTypes: { value: fileTypes, from: 'default' },
    ...namedFacts(named),
    rounds: { value: given.rounds ?? 0, from: 'default' },
    cloud: { value: given.cloud, from: given.cloud === 'unset' ? 'default' : 'setting' },
  };
  return { facts, candidates };
}

function namedFacts(named: Named): Pick<Sourced, 'lane' | 'persona'> {
  return {
    ...(named.lane === undefined ? {} : { lane: { value: named.lane, from: 'person' } }),
    ...(named.persona === undefined ? {} : { persona: { value: named.persona, from: 'person' } }),
  };
}

type KindFacts = Pick<Sourced, 'kind' | 'confidence'>;

function picked(kind: string): KindFacts {
  return { kind: { value: kind, from: 'person' }, confidence: { value: 100, from: 'person' } };
}

/** A runner-up nearer than this many points makes the reading less sure, point by point. */
const CLEAR_LEAD = 30;

function fromCues(candidates: readonly KindCandidate[]): KindFacts {
  const [best, second] = candidates;
  if (best === undefined)
    return {
      kind: { value: UNCLEAR, from: 'default', because: 'no cue words found' },
      confidence: { value: 0, from: 'default' },
    };
  const lead = best.score - (second?.score ?? 0);
  const value = Math.max(0, best.score - Math.max(0, CLEAR_LEAD - lead));
  const rival =
    second === undefined || lead >= CLEAR_LEAD ? {} : { because: `near ${second.kind}` };
  return {
    kind: { value: best.kind, from: 'cue', because: best.because },
    confidence: { value, from: 'cue', ...rival },
  };
}

type Around = { readonly fileTypes: readonly string[]; readonly named: Named };

/** All kinds the words speak for, best first; equal scores keep the order of `cues.yaml`. */
function candidatesFor(text: Stems, by: ReadBy, around: Around): readonly KindCandidate[] {
  return by.cues.kinds
    .map((cues) => candidate(text, cues, { ...around, kind: by.kinds.get(cues.kind) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score);
}

const MOST = 99;
/** Each further cue beside the best adds a little, file types that fit a little, the kind's own persona much. */
const BONUS = { cue: 5, cues: 10, files: 8, persona: 40 };

function candidate(
  text: Stems,
  cues: KindCues,
  around: Around & { readonly kind: Kind | undefined },
): KindCandidate {
  const found = cues.cues.flatMap((cue) => {
    const words = saidBy(text, cue);
    return words === undefined ? [] : [{ points: cue.points, words }];
  });
  const best = Math.max(0, ...found.map((f) => f.points));
  const further = Math.min(BONUS.cues, Math.max(0, found.length - 1) * BONUS.cue);
  const asked = around.kind?.sort === 'work' && around.kind.persona === around.named.persona;
  const fits = found.length > 0 && cues.fileTypes.some((type) => around.fileTypes.includes(type));
  const score = best + further + (asked ? BONUS.persona : 0) + (fits ? BONUS.files : 0);
  const because = [...new Set(found.flatMap((f) => f.words))];
  if (asked) because.push(`persona ${around.named.persona ?? ''}`);
  if (fits) because.push('file types');
  return { kind: cues.kind, score: Math.min(MOST, score), because: because.join(', ') };
}

/** The words with which a text meets a cue: one of each group, none of `unless`; undefined when it does not. */
function saidBy(text: Stems, cue: Cue): readonly string[] | undefined {
  const words: string[] = [];
  for (const group of cue.all) {
    const said = firstSaid(text, group);
    if (said === undefined) return undefined;
    words.push(said);
  }
  return firstSaid(text, cue.unless) === undefined ? words : undefined;
}

type Said = { readonly cue: RaisingCue; readonly word: string };

function raised(text: Stems, cues: readonly RaisingCue[]): readonly Said[] {
  return cues.flatMap((cue) => {
    const word = firstSaid(text, cue.words);
    if (word === undefined || firstSaid(text, cue.unless) !== undefined) return [];
    return [{ cue, word }];
  });
}

function sensitivityOf(said: readonly Said[], given: Given): Fact<Sensitivity> {
  const floor: Fact<Sensitivity> =
    given.sensitivity === undefined
      ? { value: 'ordinary', from: 'default' }
      : { value: given.sensitivity, from: 'setting' };
  return said.reduce((fact, { cue, word }) => {
    if (!('sensitivity' in cue.raises)) return fact;
    return lift(SENSITIVITIES, fact, {
      value: cue.raises.sensitivity,
      from: 'cue',
      because: `${word} (${cue.id})`,
    });
  }, floor);
}

function consequenceOf(
  said: readonly Said[],
  given: Given,
  kind: Kind | undefined,
): Fact<Consequence> {
  let floor: Fact<Consequence> = { value: 'low', from: 'default' };
  if (kind?.sort === 'work')
    floor = { value: kind.consequence, from: 'default', because: `kind ${kind.id}` };
  if (given.consequence !== undefined)
    floor = lift(CONSEQUENCES, floor, { value: given.consequence, from: 'setting' });
  return said.reduce((fact, { cue, word }) => {
    if (!('consequence' in cue.raises)) return fact;
    return lift(CONSEQUENCES, fact, {
      value: cue.raises.consequence,
      from: 'cue',
      because: `${word} (${cue.id})`,
    });
  }, floor);
}

/** Keeps a fact unless the other stands higher. */
function lift<T extends string>(order: readonly T[], fact: Fact<T>, other: Fact<T>): Fact<T> {
  return higher(order, fact.value, other.value) === fact.value ? fact : other;
}
