/**
 * The pieces of a request as a person writes them anew: text with a line of dashes between two pieces. Nothing that was
 * written is lost: what no piece holds any more becomes context, and context that a piece takes up is context no more.
 */

/** A line of nothing but three or more dashes stands between two pieces. */
const BETWEEN = /^[ \t]*-{3,}[ \t]*$/m;

/** Pieces as one text to edit. */
export function writePieces(texts: readonly string[]): string {
  return texts.map((text) => text.trim()).join('\n---\n');
}

/** Pieces out of an edited text: trimmed, none empty, none twice. */
export function readPieces(text: string): readonly string[] {
  const found = new Map<string, string>();
  for (const part of text.split(BETWEEN)) {
    const piece = part.trim();
    if (piece !== '' && !found.has(plain(piece))) found.set(plain(piece), piece);
  }
  return [...found.values()];
}

/** Whether a piece can stand in such a text and come out of it as one. */
export function canBeEdited(text: string): boolean {
  return !BETWEEN.test(text);
}

export type Before = {
  /** The words of each piece there was. */
  readonly pieces: readonly string[];
  /** What was not used as work. */
  readonly context: readonly string[];
};

export type NewWords = {
  readonly text: string;
  /** Index of the old piece that says the very same; null where there is none. */
  readonly same: number | null;
  /** Indexes of the old pieces whose words it holds, or which it was written from. */
  readonly from: readonly number[];
};

export type Rearranged = {
  readonly pieces: readonly NewWords[];
  readonly context: readonly string[];
  /** Whether there are words in it that were nowhere before. */
  readonly edited: boolean;
};

/** What became of the old pieces and of what was not used; every sentence of both is in a new piece or in the context. */
export function rearrange(before: Before, texts: readonly string[]): Rearranged {
  const now = texts.map(plain);
  const old = before.pieces.map((piece) => ({ piece, parts: sentencesOf(piece) }));
  const left = old.flatMap(({ piece, parts }) => leftOver(piece, parts, now));
  const unused = before.context.filter((words) => !isIn(words, now));
  const pieces = texts.map((text) => ({
    text,
    same: indexOf(before.pieces, text),
    from: sourcesOf(text, old),
  }));
  const said = [...before.pieces, ...before.context].map(plain);
  const edited = texts.some((text) => sentencesOf(text).some((part) => !isIn(part, said)));
  return { pieces, context: [...new Set([...unused, ...left])], edited };
}

/** The sentences of a text; a line ends one too. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((part) => part.trim())
    .filter((part) => WORD.test(part));
}

const WORD = /[\p{L}\p{N}]/u;

/** A piece that is gone whole stays together; of one that is gone in part, the sentences that are. */
function leftOver(piece: string, parts: readonly string[], now: readonly string[]): string[] {
  if (!WORD.test(piece) || isIn(piece, now)) return [];
  const missing = parts.filter((part) => !isIn(part, now));
  return missing.length === parts.length ? [piece] : missing;
}

type Old = { readonly piece: string; readonly parts: readonly string[] };

function sourcesOf(text: string, old: readonly Old[]): readonly number[] {
  const now = [plain(text)];
  const found = old.flatMap(({ piece, parts }, i) =>
    isIn(piece, now) || parts.some((part) => isIn(part, now)) ? [i] : [],
  );
  return found.length > 0 ? found : likest(text, old);
}

/** Words that were changed so that no sentence stayed: the old piece that shares most of them. */
function likest(text: string, old: readonly Old[]): readonly number[] {
  const words = wordsOf(text);
  const shared = old.map(({ piece }) => [...wordsOf(piece)].filter((w) => words.has(w)).length);
  const most = Math.max(0, ...shared);
  return most === 0 ? [] : [shared.indexOf(most)];
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

function indexOf(pieces: readonly string[], text: string): number | null {
  const at = pieces.findIndex((piece) => plain(piece) === plain(text));
  return at === -1 ? null : at;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether these words stand somewhere in one of the texts: whole words, in this order, whatever the spaces and the ends. */
function isIn(words: string, texts: readonly string[]): boolean {
  const wanted = plain(words).replace(ENDS, '');
  return wanted === '' || texts.some((text) => holds(text, wanted));
}

const ENDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

function holds(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const before = text.slice(0, at).at(-1) ?? ' ';
    const after = text.slice(at + wanted.length).at(0) ?? ' ';
    if (!WORD.test(before) && !WORD.test(after)) return true;
  }
  return false;
}
