/** The words of a text as the cue lists see them. Deterministic, English, no dictionary. */

import { remembering } from './remembering.ts';

/** Lower-case words of letters and digits; an apostrophe may stand inside. */
export const tokens = remembering(tokensIn);

function tokensIn(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}]+(?:'\p{L}+)?/gu) ?? []
  );
}

const SUFFIXES = ['ings', 'ing', 'edly', 'ed', 'es', 's', 'ly'];
const SHORTEST_STEM = 3;

/**
 * Light stemming: "audits", "auditing" and "audited" are one word, so are "page" and "pages", "copy" and "copies".
 * It need not give a real word, only the same for forms of one word.
 */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size === MOST_STEMS) stems.clear();
  const made = stemmed(word);
  stems.set(word, made);
  return made;
}

/** People write with few words: these are stemmed once. */
const stems = new Map<string, string>();
const MOST_STEMS = 20_000;

/** "Here" would be a form of "her". */
const WHOLE = new Set(['here']);

function stemmed(word: string): string {
  const bare = word.replace(/'s$/, '');
  if (WHOLE.has(bare)) return bare;
  const suffix = SUFFIXES.find((s) => bare.endsWith(s) && bare.length - s.length >= SHORTEST_STEM);
  if (suffix === undefined || bare.endsWith('ss') || bare.endsWith('us')) return ending(bare);
  return ending(undoubled(bare.slice(0, -suffix.length)));
}

/** "formatt(ing)" is "format", but "miss(ing)" stays "miss". */
function undoubled(word: string): string {
  const last = word.at(-1) ?? '';
  return last === word.at(-2) && !'aeioulsz'.includes(last) ? word.slice(0, -1) : word;
}

function ending(word: string): string {
  if (word.length <= SHORTEST_STEM) return word;
  if (word.endsWith('y')) return `${word.slice(0, -1)}i`;
  return word.endsWith('e') ? word.slice(0, -1) : word;
}

/** A text ready to be searched for words and phrases. */
export type Stems = { readonly list: readonly string[]; readonly set: ReadonlySet<string> };

export const stemsOf = remembering(stemsIn);

function stemsIn(text: string): Stems {
  const list = tokens(text).map(stem);
  return { list, set: new Set(list) };
}

/** A phrase as the stems of its words. */
type Phrase = readonly string[];

const lists = new WeakMap<readonly string[], readonly Phrase[]>();

/** Cue lists are few and asked for at every request: their stems are worked out once. */
function phrasesOf(list: readonly string[]): readonly Phrase[] {
  const known = lists.get(list);
  if (known !== undefined) return known;
  const made = list.map((phrase) => tokens(phrase).map(stem));
  lists.set(list, made);
  return made;
}

/** The words with which alternatives begin: a text that holds none of them says none of these. */
export function openingsOf(alternatives: readonly string[]): readonly string[] {
  return phrasesOf(alternatives).flatMap(([first]) => first ?? []);
}

/** Whether the words of a phrase stand in the text one after another. */
function says(text: Stems, phrase: Phrase): boolean {
  const first = phrase[0];
  if (first === undefined || !text.set.has(first)) return false;
  if (phrase.length === 1) return true;
  for (let at = text.list.indexOf(first); at >= 0; at = text.list.indexOf(first, at + 1))
    if (standsAt(text, phrase, at)) return true;
  return false;
}

function standsAt({ list }: Stems, phrase: Phrase, at: number): boolean {
  return phrase.every((word, i) => list[at + i] === word);
}

const NO_WORDS: Phrase = [];

/** The first of several alternatives that the text says, whatever the forms of its words. */
export function firstSaid(text: Stems, alternatives: readonly string[]): string | undefined {
  // Thousands of phrases are looked for in every piece: a closure for each list is felt.
  const phrases = phrasesOf(alternatives);
  for (let at = 0; at < phrases.length; at += 1)
    if (says(text, phrases[at] ?? NO_WORDS)) return alternatives[at];
  return undefined;
}

/** Of each group the first alternative that the text says; undefined where it says none of one. */
export function eachSaid(
  text: Stems,
  groups: readonly (readonly string[])[],
): readonly string[] | undefined {
  // Most texts say nothing of the first group, and hundreds are looked for: for these nothing is put together.
  if (groups[0] !== undefined && firstSaid(text, groups[0]) === undefined) return undefined;
  const words = groups.flatMap((group) => firstSaid(text, group) ?? []);
  return words.length === groups.length ? words : undefined;
}

/**
 * What was brought in rather than said: code fences, lines quoted with `>`, long quotations, lines of code, of markup and of
 * somebody's talk ("Ann: ..."), and all that stands below a line ending in a colon or one that speaks of what is "below",
 * unless that is a list.
 */
const MATERIAL = new RegExp(
  [
    '```[\\s\\S]*?(?:```|(?![\\s\\S]))',
    '^[ \\t]*>.*$',
    '["“][^"“”\\n]{60,}["”]',
    "(?<=[\\s:(])['‘][^'’\\n][^\\n]{58,}['’](?=[\\s.,;)]|$)",
    '(?<=:[ \\t]*\\n)(?!\\s*(?:[-*•–+]|\\(?\\w{1,2}[.)])\\s)[\\s\\S]+$',
    '(?<=\\b(?:below|following|underneath|pasted|as follows|such as|like these?)\\b[^\\n]*\\n)(?!\\s*(?:[-*•–+]|\\(?\\w{1,2}[.)])\\s)[\\s\\S]+$',
    '^[ \\t]*(?:<[/!a-z?]|#{1,4} |\\||\\$\\w|function |define\\(|SELECT |INSERT |UPDATE |/[\\w-]).*$',
    '^.*[;{}][ \\t]*$',
    '^[\\p{Lu}][\\p{L} ]{0,24}: \\S.*(?:\\n[\\p{Lu}][\\p{L} ]{0,24}: \\S.*)+$',
  ].join('|'),
  'gmu',
);

/** A short quotation, and what stands behind a colon on the same line: brought along, though it may say what to do. */
const SHORT_MATERIAL = /["“][^"“”\n]{8,}["”]|(?<=\S: )\S[^\n]*$/gm;

/** A request as the person's own words and how many words were brought along in it. */
export type Parts = { readonly own: string; readonly pasted: number };

/** Brought along are material, short quotations and what stands behind a colon; the last two are own words as well. */
export function partsOf(text: string): Parts {
  const whole: string[] = [];
  const own = text.replace(MATERIAL, (found) => {
    whole.push(found);
    return ' ';
  });
  const short = own.match(SHORT_MATERIAL) ?? [];
  return { own, pasted: tokens([...whole, ...short].join('\n')).length };
}

/** The person's own words: material is data and never steers, so it is taken out before anything is read. */
export function ownWords(text: string): string {
  return text.replace(MATERIAL, ' ');
}

const FIRST_MARK = 0xe000;
const MOST_MARKS = 1000;

/** Whether a text that `hideMaterial` gave has material in it. */
export function holdsMaterial(text: string): boolean {
  return /[\uE000-\uE3E7]/.test(text);
}

/** Puts one character in place of each stretch of material, so that nothing in it can be taken apart. */
export function hideMaterial(text: string): { text: string; show: (part: string) => string } {
  const hidden: string[] = [];
  const marked = text.replace(MATERIAL, (found) => {
    if (hidden.length === MOST_MARKS) return found;
    hidden.push(found);
    return String.fromCharCode(FIRST_MARK + hidden.length - 1);
  });
  const show = (part: string): string =>
    part.replace(/[\uE000-\uE3E7]/g, (mark) => hidden[mark.charCodeAt(0) - FIRST_MARK] ?? mark);
  return { text: marked, show };
}
