import type { Sourced } from './facts.ts';
import { plainTypes, typesOf } from './file-type.ts';
import type { Given } from './given.ts';
import type { Named } from './named.ts';
import { namedIn } from './named.ts';
import { readKind } from './read-kind.ts';
import type { KindCandidate, ReadBy } from './read-kind.ts';
import type { Piece } from './split/split.ts';
import { raised } from './raise.ts';
import { stakesOf } from './stakes.ts';
import { firstSaid, ownWords, partsOf, stemsOf, tokens } from './words.ts';

/** The facts of a piece and the kinds that came into question, best first. */
export type Reading = { readonly facts: Sourced; readonly candidates: readonly KindCandidate[] };

/**
 * Reads the facts of a piece from the person's own words, the names and types of its files, and what is given by
 * settings. Deterministic. What files contain never steers; cue words and marks can only raise sensitivity and consequence.
 */
export function readPiece(piece: Piece, by: ReadBy, given: Given): Reading {
  const readable = piece.files.filter((name) => given.unread?.includes(name) !== true);
  // What the record cannot hold is not decided on either, or replay would decide otherwise.
  const fileTypes = plainTypes(typesOf(readable));
  const { own: words, pasted } = partsOf(piece.text);
  const named = namedIn(words, by.kinds);
  const { facts: read, candidates } = kindOf(words, by, { given, fileTypes, named });
  const facts: Sourced = {
    ...read,
    ...stakesOf(piece, by, { given, words, kind: by.kinds.get(read.kind.value) }),
    ...sizeOf(piece, given),
    pasted: { value: pasted, from: 'default' },
    fileTypes: { value: fileTypes, from: 'default' },
    ...namedFacts(named),
    ...promisedIn(piece, by, { ...given, pasted }),
    ...opposedIn([words, given.around ?? ''].join('\n'), by, given),
    ...givenFacts(given),
  };
  return { facts, candidates };
}

type Around = {
  readonly given: Given;
  readonly fileTypes: readonly string[];
  readonly named: Named;
};

/** The kind by the words of the piece, or by what a person answered where that says it more clearly. */
function kindOf(words: string, by: ReadBy, { given, fileTypes, named }: Around) {
  const picked = given.kind ?? named.kind;
  const around = { fileTypes, named, ...(picked === undefined ? {} : { picked }) };
  const whole = readKind(words, by, around);
  if (given.answer === undefined) return whole;
  const answer = readKind(ownWords(given.answer), by, around);
  return answer.facts.confidence.value > whole.facts.confidence.value ? answer : whole;
}

function sizeOf(
  { text, files }: Piece,
  { fileWords = 0 }: Given,
): Pick<Sourced, 'words' | 'files'> {
  return {
    words: { value: tokens(text).length + fileWords, from: 'default' },
    files: { value: files.length, from: 'default' },
  };
}

function givenFacts({ asker, follows, rounds = 0, cloud }: Given) {
  return {
    asker: { value: asker ?? 'colleague', from: asker === undefined ? 'default' : 'setting' },
    ...(follows === true ? ({ follows: { value: 'piece', from: 'cue' } } as const) : {}),
    rounds: { value: rounds, from: 'default' },
    cloud: { value: cloud, from: cloud === 'unset' ? 'default' : 'setting' },
  } as const satisfies Partial<Sourced>;
}

function namedFacts(named: Named): Pick<Sourced, 'lane' | 'persona'> {
  return {
    ...(named.lane === undefined ? {} : { lane: { value: named.lane, from: 'person' } }),
    ...(named.persona === undefined ? {} : { persona: { value: named.persona, from: 'person' } }),
  };
}

/** Fewer words brought along than this are a mention, not a text. */
const FEWEST_PASTED = 4;
const ADDRESS = /https?:\/\/|\bwww\.|\b[\w-]+\.(?:com|org|net|eu|uk|example|html?|php)\b/i;

/** The words with which a text speaks of something that is brought along, or that is somewhere. */
export function promiseIn(text: string, { cues }: Pick<ReadBy, 'cues'>): string | undefined {
  return firstSaid(stemsOf(text), cues.promises);
}

/** Something is said to be attached, or spoken of as if it were known, and neither file, text nor address is there. */
function promisedIn(
  piece: Piece,
  by: ReadBy,
  { follows, waived, pasted }: Pick<Given, 'follows' | 'waived'> & { readonly pasted: number },
): Pick<Sourced, 'promised'> {
  if (waived?.includes('files') === true) return { promised: { value: 'waived', from: 'person' } };
  const isThere =
    piece.files.length > 0 ||
    follows === true ||
    ADDRESS.test(piece.text) ||
    pasted >= FEWEST_PASTED;
  const word = isThere ? undefined : promiseIn(piece.text, by);
  return word === undefined ? {} : { promised: { value: 'files', from: 'cue', because: word } };
}

/** Two things that exclude each other are asked for in somebody's own words: what was brought along asks for nothing. */
function opposedIn(
  own: string,
  { cues }: ReadBy,
  { waived }: Pick<Given, 'waived'>,
): Pick<Sourced, 'opposed'> {
  if (waived?.includes('demands') === true) return { opposed: { value: 'waived', from: 'person' } };
  const stems = stemsOf(own);
  const nothing = { pasted: 0, fileTypes: [], marks: {}, contents: [] };
  const said = raised({ ...nothing, stems, own: stems }, cues.raising).find(
    ({ cue }) => 'opposed' in cue.raises,
  );
  if (said === undefined) return {};
  return { opposed: { value: 'demands', from: 'cue', because: `${said.word} (${said.cue.id})` } };
}
