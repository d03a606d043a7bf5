/**
 * What of a text has an author: its words and, apart from them, its signs. White space has none, so that wrapping a
 * text anew changes nobody's work.
 */
export type Tokens = {
  /** What each token counts as, a number of the lexicon: two tokens with one key are the same word. */
  readonly keys: Int32Array;
  /** Where each token begins and ends in the text, in UTF-16 code units. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** How well a piece of writing may begin at each token, see BEGINS. */
  readonly begins: Uint8Array;
};

/** All keys met so far: kept for one chain of versions, so that keys of its texts may be compared. */
export type Lexicon = {
  readonly numbers: Map<string, number>;
  /** By key: how many words it is. A sign is none. */
  readonly words: number[];
  /** By key: the most that a token can tell, in sixteenths of a bit, however rare it is. */
  readonly most: number[];
};

/** Information is counted in whole sixteenths of a bit: a sum of whole numbers is the same in any order. */
export const BIT = 16;

/** Places at which a piece of writing begins, better ones higher. */
const BEGINS = { inside: 0, sentence: 1, line: 2, paragraph: 3 } as const;

export function newLexicon(): Lexicon {
  return { numbers: new Map(), words: [], most: [] };
}

/** A word: letters, marks and digits, with an apostrophe inside and a point between digits. */
const WORD = String.raw`[\p{L}\p{M}\p{N}]+(?:['’](?=\p{L})[\p{L}\p{M}]+|(?<=\p{N})\.(?=\p{N})\p{N}+)*`;
/** A word, or a row of one sign. */
const TOKEN = new RegExp(String.raw`${WORD}|([^\s\p{L}\p{M}\p{N}])\1*`, 'gu');
const WORDS = new RegExp(WORD, 'gu');

/** Scripts written without spaces: each character is a word, else a changed one would take a sentence with it. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*/u;
const PIECES = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source}).)+`, 'gsu');
const FIRST_UNSPACED = 0x0e01;

type Piece = { readonly raw: string; readonly at: number };

/** The tokens of a text, in order. */
export function tokensOf(text: string, lexicon: Lexicon): Tokens {
  const pieces = function* (): Generator<Piece> {
    for (const found of text.matchAll(TOKEN)) {
      const [raw] = found;
      if (!isUnspaced(raw)) yield { raw, at: found.index };
      else
        for (const piece of raw.matchAll(PIECES))
          yield { raw: piece[0], at: found.index + piece.index };
    }
  };
  return collected(text, pieces(), (raw) => keyOf(raw, lexicon));
}

/** Lines are put together until they hold so many characters that are no white space. */
const LINE_HOLDS = 32;

/**
 * The same with whole lines for tokens, short ones put together with those that follow: for texts too large to be
 * compared by words. Where a token ends depends on its own text alone, so that one changed line changes one token.
 */
export function lineTokensOf(text: string, lexicon: Lexicon): Tokens {
  const pieces = function* (): Generator<Piece> {
    let from = 0;
    let holds = 0;
    for (const found of text.matchAll(/[^\n]*(?:\n|$)/g)) {
      holds += found[0].replaceAll(/\s+/g, '').length;
      const to = found.index + found[0].length;
      if (holds < LINE_HOLDS && to < text.length) continue;
      const raw = text.slice(from, to);
      if (holds > 0) yield { raw: raw.trim(), at: from + raw.length - raw.trimStart().length };
      from = to;
      holds = 0;
    }
  };
  return collected(text, pieces(), (raw) => lineKeyOf(raw, lexicon));
}

function collected(text: string, pieces: Iterable<Piece>, keyFor: (raw: string) => number): Tokens {
  const keys: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const begins: number[] = [];
  let end = 0;
  for (const { raw, at } of pieces) {
    begins.push(beginsAt(text, end, at));
    keys.push(keyFor(raw));
    from.push(at);
    end = at + raw.length;
    to.push(end);
  }
  return {
    keys: Int32Array.from(keys),
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    begins: Uint8Array.from(begins),
  };
}

function isUnspaced(raw: string): boolean {
  for (let i = 0; i < raw.length; i += 1)
    if (raw.charCodeAt(i) >= FIRST_UNSPACED) return UNSPACED.test(raw);
  return false;
}

/** The place of a token that begins at `at`, when the token before it ended at `end`. */
function beginsAt(text: string, end: number, at: number): number {
  if (end === 0) return BEGINS.paragraph;
  if (end === at) return BEGINS.inside;
  let lines = 0;
  for (let i = end; i < at; i += 1) if (text.charCodeAt(i) === 10) lines += 1;
  if (lines > 0) return lines > 1 ? BEGINS.paragraph : BEGINS.line;
  return '.!?'.includes(text.charAt(end - 1)) ? BEGINS.sentence : BEGINS.inside;
}

/** A row of signs counts as one of this length, so that a longer rule below a heading is the same rule. */
const LONGEST_ROW = 6;

/** Case, the form of an apostrophe, how a letter is composed and the length of a row of signs make no other word. */
function keyOf(raw: string, lexicon: Lexicon): number {
  const known = lexicon.numbers.get(raw);
  if (known !== undefined) return known;
  const isWord = /^[\p{L}\p{M}\p{N}]/u.test(raw);
  const folded = isWord ? fold(raw) : raw.slice(0, LONGEST_ROW);
  const key = lexicon.numbers.get(folded) ?? addKey(lexicon, folded, isWord ? 1 : 0);
  lexicon.numbers.set(raw, key);
  return key;
}

function lineKeyOf(raw: string, lexicon: Lexicon): number {
  const folded = fold(raw).replaceAll(/\s+/g, ' ');
  return lexicon.numbers.get(folded) ?? addKey(lexicon, folded, raw.match(WORDS)?.length ?? 0);
}

function fold(raw: string): string {
  return raw.normalize('NFC').toLowerCase().replaceAll('’', "'");
}

function addKey(lexicon: Lexicon, folded: string, words: number): number {
  const key = lexicon.words.length;
  lexicon.numbers.set(folded, key);
  lexicon.words.push(words);
  lexicon.most.push(mostOf(folded, words));
  return key;
}

const LONGEST_TELLING = 40;

/**
 * The most a token can tell. A letter of a word in running text tells about one bit and a quarter (Shannon 1951 found
 * 0.6 to 1.3 for English); a sign tells next to nothing; one character of Chinese about as much as a short word.
 */
function mostOf(folded: string, words: number): number {
  if (words === 0) return 2 * BIT;
  if (isUnspaced(folded)) return 7 * BIT;
  return BIT + 20 * Math.min(folded.length, LONGEST_TELLING);
}
