import type { Asker, CloudAnswer, Consequence, Fact, Sensitivity, Sourced } from './facts.ts';
import { CONSEQUENCES, higher, SENSITIVITIES } from './facts.ts';
import { plainTypes, typesOf } from './file-type.ts';
import type { Kind } from './kind.ts';
import type { Named } from './named.ts';
import { namedIn } from './named.ts';
import { countMarks } from './private-marks.ts';
import { raised } from './raise.ts';
import type { Contents, Said } from './raise.ts';
import { readKind } from './read-kind.ts';
import type { KindCandidate, ReadBy } from './read-kind.ts';
import type { Piece } from './split.ts';
import { firstSaid, ownWords, partsOf, stemsOf, tokens } from './words.ts';

/** What settings of the client and the channel say, before any word is read. */
export type Given = {
  readonly sensitivity?: Sensitivity;
  readonly consequence?: Consequence;
  readonly cloud: CloudAnswer;
  /** What stands around the piece in its request and belongs to no piece: it raises like the piece's own words. */
  readonly around?: string;
  /** Words inside the piece's text files, counted by whoever holds them; their content never steers. */
  readonly fileWords?: number;
  /** Private marks inside them, counted file by file: these can only make AIOS more careful. */
  readonly contents?: readonly Contents[];
  /** Files of which nothing could be read: what stands in them is not there to work on. */
  readonly unread?: readonly string[];
  /** A kind a person picked with a button: stands above all words. */
  readonly kind?: string;
  /** What a person answered in words, last: it says what the vague words before it meant. */
  readonly answer?: string;
  /** Whose words these are. */
  readonly asker?: Asker;
  /** Whether it waits for another piece of the request. */
  readonly follows?: boolean;
  /** How often the task was sent back so far; 0 when absent. */
  readonly rounds?: number;
};

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
  const text = [piece.text, given.around ?? '', ...piece.files].join('\n');
  const own = stemsOf([words, ...piece.files].join('\n'));
  const { contents = [] } = given;
  const whole = {
    own,
    pasted: partsOf(text).pasted,
    stems: stemsOf(text),
    fileTypes: typesOf(piece.files),
    marks: countMarks(text),
    contents,
  };
  const said = raised(whole, by.cues.raising);
  const sensitivity = sensitivityOf(said, given);
  const facts: Sourced = {
    ...read,
    sensitivity,
    ...suspectedOf(said, sensitivity, given),
    consequence: consequenceOf(said, given, by.kinds.get(read.kind.value)),
    ...sizeOf(piece, given),
    pasted: { value: pasted, from: 'default' },
    fileTypes: { value: fileTypes, from: 'default' },
    ...namedFacts(named),
    ...promisedIn(piece, by, { ...given, pasted }),
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

/** Something is said to be attached, or spoken of as if it were known, and neither file, text nor address is there. */
function promisedIn(
  piece: Piece,
  by: ReadBy,
  { follows, pasted }: Pick<Given, 'follows'> & { readonly pasted: number },
): Pick<Sourced, 'promised'> {
  const isThere =
    piece.files.length > 0 ||
    follows === true ||
    ADDRESS.test(piece.text) ||
    pasted >= FEWEST_PASTED;
  const word = isThere ? undefined : firstSaid(stemsOf(piece.text), by.cues.promises);
  return word === undefined ? {} : { promised: { value: 'files', from: 'cue', because: word } };
}

/** What is only hinted at, where nobody has said and no sign is sure. */
function suspectedOf(
  said: readonly Said[],
  sensitivity: Fact<Sensitivity>,
  given: Given,
): Pick<Sourced, 'suspected'> {
  if (given.sensitivity !== undefined || sensitivity.value === 'confidential') return {};
  const hint = said.find(({ cue }) => 'suspected' in cue.raises);
  if (hint === undefined || !('suspected' in hint.cue.raises)) return {};
  const because = `${hint.word} (${hint.cue.id})`;
  return { suspected: { value: hint.cue.raises.suspected, from: 'cue', because } };
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
