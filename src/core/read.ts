import type { RaisingCue } from './cue.ts';
import type { CloudAnswer, Consequence, Fact, Sensitivity, Sourced } from './facts.ts';
import { CONSEQUENCES, higher, SENSITIVITIES } from './facts.ts';
import { plainTypes, typesOf } from './file-type.ts';
import type { Kind } from './kind.ts';
import type { Named } from './named.ts';
import { namedIn } from './named.ts';
import { readKind } from './read-kind.ts';
import type { KindCandidate, ReadBy } from './read-kind.ts';
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
  /** What a person answered in words, last: it says what the vague words before it meant. */
  readonly answer?: string;
  /** How often the task was sent back so far; 0 when absent. */
  readonly rounds?: number;
};

/** The facts of a piece and the kinds that came into question, best first. */
export type Reading = { readonly facts: Sourced; readonly candidates: readonly KindCandidate[] };

/**
 * Reads the facts of a piece from the person's own words, the names and types of its files, and what is given by
 * settings. Deterministic. What files contain never steers; cue words can only raise sensitivity and consequence.
 */
export function readPiece(piece: Piece, by: ReadBy, given: Given): Reading {
  const own = ownWords(piece.text);
  // What the record cannot hold is not decided on either, or replay would decide otherwise.
  const fileTypes = plainTypes(typesOf(piece.files));
  const named = namedIn(own, by.kinds);
  const picked = given.kind ?? named.kind;
  const around = { fileTypes, named, ...(picked === undefined ? {} : { picked }) };
  const whole = readKind(own, by, around);
  const answer = given.answer === undefined ? whole : readKind(ownWords(given.answer), by, around);
  const isClearer = answer.facts.confidence.value > whole.facts.confidence.value;
  const { facts: read, candidates } = isClearer ? answer : whole;
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
