import type { Cues } from './cue.ts';
import type { Consequence, Fact, Sensitivity, Sourced } from './facts.ts';
import { CONSEQUENCES, higher, SENSITIVITIES } from './facts.ts';
import { typesOf } from './file-type.ts';
import type { Given } from './given.ts';
import type { Kind } from './kind.ts';
import { countMarks } from './private-marks.ts';
import { raised } from './raise.ts';
import type { Said, Whole } from './raise.ts';
import type { ReadBy } from './read-kind.ts';
import type { Piece } from './split/split.ts';
import { ownWords, partsOf, stemsOf } from './words.ts';

/** How confidential a piece is, or is suspected to be, and what hangs on it. */
export type Stakes = Pick<Sourced, 'sensitivity' | 'consequence'> &
  Partial<Pick<Sourced, 'suspected'>>;

type About = {
  readonly given: Given;
  /** The piece without what was brought along in it. */
  readonly words: string;
  readonly kind: Kind | undefined;
};

/**
 * Reads the stakes of a piece: settings are the floor, and signs in its words, around it, in its files and in what was said
 * in one breath with it can only raise.
 */
export function stakesOf(
  piece: Piece,
  { cues }: Pick<ReadBy, 'cues'>,
  { given, words, kind }: About,
): Stakes {
  const text = [piece.text, given.around ?? '', ...piece.files].join('\n');
  const own = [words, ...piece.files].join('\n');
  const { contents = [] } = given;
  const whole = { ...wordsFor(text, own), fileTypes: typesOf(piece.files), contents };
  const said = [...raised(whole, cues.raising), ...namedIn(piece.files, cues)];
  const hinted = [...said, ...besideSaid(cues, given)];
  const sensitivity = sensitivityOf(hinted, given);
  return {
    sensitivity,
    ...suspectedOf(hinted, sensitivity, given),
    consequence: consequenceOf(said, given, kind),
  };
}

function wordsFor(text: string, own: string): Omit<Whole, 'fileTypes' | 'contents'> {
  return {
    own: stemsOf(own),
    pasted: partsOf(text).pasted,
    stems: stemsOf(text),
    marks: countMarks(text),
  };
}

/** What files are called by itself: words of the request do not take back what stands in the name of a file. */
function namedIn(files: readonly string[], cues: Cues): readonly Said[] {
  if (files.length === 0) return [];
  const names = files.join('\n');
  return raised({ ...wordsFor(names, names), fileTypes: [], contents: [] }, cues.raising);
}

/** What raises in each of the pieces that were said in one breath, by itself: no piece takes back a sign of another. */
function besideSaid(cues: Cues, { beside }: Given): readonly Said[] {
  if (beside === undefined) return [];
  const before = heard.get(beside);
  if (before?.cues === cues) return before.said;
  const said = beside.flatMap((text) => {
    const whole = { ...wordsFor(text, ownWords(text)), fileTypes: [], contents: [] };
    return raised(whole, cues.raising);
  });
  heard.set(beside, { cues, said });
  return said;
}

/** All pieces of a request ask for the same. */
const heard = new WeakMap<
  readonly string[],
  { readonly cues: Cues; readonly said: readonly Said[] }
>();

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
