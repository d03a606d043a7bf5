import { beginsWork, clausesOf, saysWork } from './clauses.ts';
import type { Clause } from './clauses.ts';
import type { FileHint, SplitWords } from './cue.ts';
import { listIn } from './list.ts';
import type { ListParts } from './list.ts';
import { firstSaid, hideMaterial, stemsOf } from './words.ts';

/** A piece of a request: its words as written and the names of the files it is about. */
export type Piece = {
  readonly text: string;
  readonly files: readonly string[];
  /** Index of the piece it comes after; absent where it waits for none. */
  readonly after?: number;
};

/** A request in pieces. Every sentence of it stands in a piece or in `context`; nothing is dropped or added. */
export type Split = {
  /** At least one, in the order they were asked for. */
  readonly pieces: readonly Piece[];
  /** What was not taken for work: greetings, thanks, remarks on the whole. Shown on the plan card. */
  readonly context: readonly string[];
  /** How the pieces were found; names the rule. */
  readonly by: 'SPLIT-ONE' | 'SPLIT-LIST' | 'SPLIT-PROSE';
  /** Set when the split would be a guess: then it is one piece, and AIOS asks. The reason is for a person. */
  readonly unsure?: string;
};

/** More than this was hardly meant as so many tasks. */
const MOST_PIECES = 20;

type Parts = Pick<Split, 'by' | 'context' | 'unsure'> & { readonly texts: readonly string[] };

/**
 * Takes a request apart: lists first, then plainly joined prose. `fileNames` go to the pieces that name them or
 * whose words fit their type, else to every piece. Material (fences, quotes) is never taken apart.
 */
export function split(text: string, fileNames: readonly string[], words: SplitWords): Split {
  const material = hideMaterial(text);
  const list = listIn(material.text);
  const found =
    list === undefined ? byProse(material.text, words) : byList(material.text, list, words);
  const parts = found.texts.length > MOST_PIECES ? tooMany(material.text, found) : found;
  const texts = parts.texts.map(material.show);
  const files = filesFor(texts, fileNames, words.fileHints);
  return {
    pieces: texts.map((piece, i) => ({ text: piece, files: files[i] ?? [] })),
    context: parts.context.map(material.show),
    by: parts.by,
    ...(parts.unsure === undefined ? {} : { unsure: parts.unsure }),
  };
}

function tooMany(text: string, found: Parts): Parts {
  const unsure = `it would be ${found.texts.length} tasks at once, more than ${MOST_PIECES}`;
  return { texts: [text.trim()], context: [], by: 'SPLIT-ONE', unsure };
}

function byProse(text: string, words: SplitWords): Parts {
  const { clauses, unsure } = clausesOf(text, words);
  const context = clauses.filter((clause) => clause.is === 'talk').map((clause) => clause.text);
  const rest = clauses.filter((clause) => clause.is !== 'talk');
  const whole = wholeOf(text, context, rest);
  const texts = gather(rest);
  if (unsure !== undefined)
    return { ...whole, unsure: `${unsure} may begin a second task or belong to the first` };
  if (texts.length > 1) return { texts, context, by: 'SPLIT-PROSE' };
  if (texts.length === 0 && rest.filter((clause) => saysWork(clause.text, words)).length > 1)
    return { ...whole, unsure: 'several sentences speak of work, none plainly asks for one' };
  return whole;
}

/** One piece: the text as it was written; when there was talk around it, the text without the talk. */
function wholeOf(text: string, context: readonly string[], rest: readonly Clause[]): Parts {
  const by = 'SPLIT-ONE';
  if (rest.length === 0 || context.length === 0) return { texts: [text.trim()], context: [], by };
  return { texts: [rest.map((clause) => clause.text).join(' ')], context, by };
}

/** Each work clause opens a piece; remarks belong to the piece before them, or to the first. */
function gather(clauses: readonly Clause[]): readonly string[] {
  const first = clauses.findIndex((clause) => clause.is === 'work');
  const texts: string[] = [];
  clauses.forEach((clause, i) => {
    const opens = clause.is === 'work' && i !== first;
    if (opens || texts.length === 0) texts.push(clause.text);
    else texts.push(`${texts.pop() ?? ''} ${clause.text}`);
  });
  return first === -1 ? [] : texts;
}

function byList(text: string, list: ListParts, words: SplitWords): Parts {
  const working = list.items.filter((item) => saysWork(item, words)).length;
  const whole: Parts = { texts: [text.trim()], context: [], by: 'SPLIT-ONE' };
  if (working === 0) return whole;
  if (working < list.items.length)
    return { ...whole, unsure: 'some points of the list are plainly work and some are not' };
  if (list.before.endsWith(':') && beginsWork(list.before, words))
    return {
      ...whole,
      unsure: 'the list may be tasks, or the thing the first line asks to work on',
    };

  const before = aroundList(list.before, words);
  const after = aroundList(list.after, words);
  return {
    texts: [...before.work, ...list.items, ...after.work],
    context: [...before.context, ...after.context],
    by: 'SPLIT-LIST',
  };
}

/** Text around a list is context, but for sentences that plainly ask for work of their own. */
function aroundList(text: string, words: SplitWords): { work: string[]; context: string[] } {
  const { clauses } = clausesOf(text, words);
  const isWork = (clause: Clause): boolean => clause.is === 'work' && !clause.text.endsWith(':');
  return {
    work: clauses.filter(isWork).map((clause) => clause.text),
    context: clauses.filter((clause) => !isWork(clause)).map((clause) => clause.text),
  };
}

/** Files for each piece: those it names; those whose type its words speak of; the rest go to every piece. */
function filesFor(
  texts: readonly string[],
  names: readonly string[],
  hints: readonly FileHint[],
): readonly (readonly string[])[] {
  if (texts.length === 1) return [names];
  const chosen = names.map((name) => takers(texts, name, hints));
  return texts.map((_, i) => names.filter((_name, n) => chosen[n]?.includes(i)));
}

function takers(texts: readonly string[], name: string, hints: readonly FileHint[]): number[] {
  const where = (fits: (text: string) => boolean): number[] =>
    texts.flatMap((text, i) => (fits(text) ? [i] : []));
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  const naming = where((text) => text.toLowerCase().includes(base));
  if (naming.length > 0) return naming;
  const type = base.slice(base.lastIndexOf('.') + 1);
  const said = hints.filter((hint) => hint.types.includes(type)).flatMap((hint) => hint.words);
  const fitting = where((text) => firstSaid(stemsOf(text), said) !== undefined);
  return fitting.length > 0 ? fitting : texts.map((_, i) => i);
}
