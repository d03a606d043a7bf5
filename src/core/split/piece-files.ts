import type { FileHint } from '../cue.ts';
import { baseName, namesFile } from '../file-name.ts';
import { plainTypes, typesOf } from '../file-type.ts';
import { missing } from '../kind.ts';
import { likelyOf } from './stretches.ts';
import type { SplitBy } from './stretches.ts';
import { firstSaid, partsOf, stemsOf, tokens } from '../words.ts';

/** What is to get files: its words, and whether it works on what the piece before it makes. */
export type Taking = { readonly text: string; readonly follows: boolean };

/**
 * Files for each piece. A file goes to the pieces that name it; else to those that speak of what it is called ("the minutes"
 * for minutes.docx); else to those whose words fit its type; else to all. A piece that is then without any takes those that
 * work of its kind is done on, but for files that another one names: "fix the typos", with one text attached, means that text.
 */
export function filesFor(
  pieces: readonly Taking[],
  names: readonly string[],
  by: SplitBy,
): readonly (readonly string[])[] {
  if (pieces.length === 1) return [names];
  const chosen = names.map((name) => takers(pieces, name, by.cues.split.fileHints));
  const given = pieces.map((_, i) => names.filter((_name, n) => chosen[n]?.pieces.includes(i)));
  const open = names.filter((_, n) => chosen[n]?.byName === false);
  return pieces.map((piece, i) => {
    const own = given[i] ?? [];
    return own.length > 0 || piece.follows ? own : neededBy(piece, open, by);
  });
}

type Takers = { readonly pieces: readonly number[]; readonly byName: boolean };

function takers(pieces: readonly Taking[], name: string, hints: readonly FileHint[]): Takers {
  const where = (fits: (text: string) => boolean): number[] =>
    pieces.flatMap(({ text }, i) => (fits(text) ? [i] : []));
  const naming = where((text) => namesFile(text, name));
  if (naming.length > 0) return { pieces: naming, byName: true };
  const called = calledBy(name);
  const speaking = where((text) => firstSaid(stemsOf(text), called) !== undefined);
  if (speaking.length > 0) return { pieces: speaking, byName: false };
  const [type = ''] = typesOf([name]);
  const words = hints.filter(({ types }) => types.includes(type));
  const fitting = where((text) => words.some((hint) => firstSaid(stemsOf(text), hint.words)));
  return { pieces: fitting.length > 0 ? fitting : where(() => true), byName: false };
}

/** Shorter ones are "v2" and "the". */
const TELLING = 4;

/** The words a file is called by. */
function calledBy(name: string): readonly string[] {
  const bare = baseName(name)
    .replace(/(?<=.)\.[^.]*$/, '')
    .replaceAll(/[_\d]+/g, ' ');
  return tokens(bare).filter((word) => word.length >= TELLING);
}

/** What work of its kind is done on, where its own words are not enough for that. */
function neededBy({ text }: Taking, open: readonly string[], by: SplitBy): readonly string[] {
  if (open.length === 0) return [];
  const kind = by.kinds.get(likelyOf(text, by).kind);
  const has = { fileTypes: [], words: tokens(text).length, pasted: partsOf(text).pasted };
  if (kind?.sort !== 'work' || missing(kind, has) === undefined) return [];
  const types = kind.needs.files ?? [];
  return open.filter((name) => plainTypes(typesOf([name])).some((type) => types.includes(type)));
}
