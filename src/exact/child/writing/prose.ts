import { ENTITIES, entity, tokensOf, type OpenTag, type Token } from '../page/tokens.ts';
import type { Source } from '../source.ts';

/** The words of a file as a reader sees them, and for each character its offset in the file. */
export type Prose = {
  readonly text: string;
  /** Offset in the source of each character of `text`, and of its end. */
  readonly at: Uint32Array;
  readonly markdown: boolean;
  /** Language tag the page gives itself, if any. */
  readonly lang: string | undefined;
};

/** Takes the prose out of a file: of HTML the visible text, title, description and alt texts; of Markdown what is no code. */
export function proseOf(source: Source): Prose {
  if (source.kind === 'html') return htmlProse(source.text);
  const text = source.kind === 'md' ? withoutCode(source.text) : source.text;
  return {
    text: shortTokens(text),
    at: Uint32Array.from({ length: text.length + 1 }, (_, index) => index),
    markdown: source.kind === 'md',
    lang: undefined,
  };
}

/** A word longer than this makes the grammar engine trap; it is no word. */
const LONGEST_WORD = 200;

function shortTokens(text: string): string {
  return text.replace(/\S+/g, (word) =>
    word.length > LONGEST_WORD ? ' '.repeat(word.length) : word,
  );
}

/** Front matter, code, comments, tags and addresses become blanks of the same length, so that offsets stay true. */
function withoutCode(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/^---\n[^]*?\n---(?=\n|$)/, blank)
    .replace(/^(`{3,}|~{3,})[^\n]*\n[^]*?(?:^\1[`~]*[ \t]*$|$(?![^]))/gm, blank)
    .replace(/<!--[^]*?(?:-->|$(?![^]))/g, blank)
    .replace(/<\/?[a-z][^<>\n]{0,300}>/gi, blank)
    .replace(
      /(\]\()([^()\s]{1,2000})/g,
      (_, open: string, address: string) => open + blank(address),
    )
    .replace(/https?:\/\/[^\s<>")]{1,2000}/g, blank);
}

/** Tags that stand inside a sentence; every other one ends it. */
const INLINE = new Set(
  'a abbr b bdi bdo cite del dfn em i ins mark q s small span strong sub sup time u wbr font data label'.split(
    ' ',
  ),
);
const SILENT = new Set(['code', 'pre', 'kbd', 'samp', 'var']);
const SAID = ['alt', 'aria-label', 'placeholder'];

type Pen = { readonly parts: string[]; readonly at: number[] };

function htmlProse(text: string): Prose {
  const pen: Pen = { parts: [], at: [] };
  let silent = 0;
  let lang: string | undefined;
  for (const token of tokensOf(text)) {
    if (token.is === 'open' && token.name === 'html') lang = token.attributes.get('lang');
    silent = Math.max(0, silent + depthChange(token));
    if (token.is === 'open' || token.is === 'close') writeTag(pen, token, text);
    else if (token.is === 'text' && silent === 0)
      writeText(pen, text.slice(token.start, token.end), token.start);
    else if (token.is === 'text') write(pen, ' ', token.start);
  }
  const at = Uint32Array.from([...pen.at, text.length]);
  return { text: shortTokens(pen.parts.join('')), at, markdown: false, lang };
}

function depthChange(token: Token): number {
  if ((token.is !== 'open' && token.is !== 'close') || !SILENT.has(token.name)) return 0;
  return token.is === 'open' ? 1 : -1;
}

function writeTag(pen: Pen, token: OpenTag | Extract<Token, { is: 'close' }>, text: string): void {
  if (!INLINE.has(token.name) && !SILENT.has(token.name)) write(pen, '\n\n', token.start);
  if (token.is === 'close') return;
  for (const name of isDescription(token) ? ['content'] : SAID) {
    const value = token.attributes.get(name) ?? '';
    if (value.trim() !== '') writeValue(pen, value, { token, text });
  }
}

function isDescription(tag: OpenTag): boolean {
  return tag.name === 'meta' && tag.attributes.get('name')?.toLowerCase() === 'description';
}

/** Words of an attribute, as a paragraph of their own. One with entities in it stands for its tag as a whole. */
function writeValue(
  pen: Pen,
  value: string,
  at: { readonly token: OpenTag; readonly text: string },
): void {
  const { token, text } = at;
  const inside = text.slice(token.start, token.end).indexOf(value);
  write(pen, '\n\n', token.start);
  if (inside === -1) write(pen, value, token.start);
  else writeText(pen, value, token.start + inside);
  write(pen, '\n\n', token.end);
}

/** Writes characters that all stand for one place of the source. */
function write(pen: Pen, words: string, at: number): void {
  pen.parts.push(words);
  for (let index = 0; index < words.length; index += 1) pen.at.push(at);
}

/** Writes running text: entities read, white space drawn together as a browser does. */
function writeText(pen: Pen, text: string, start: number): void {
  let from = 0;
  for (const found of text.matchAll(ENTITIES)) {
    writePlain(pen, text.slice(from, found.index), start + from);
    write(pen, entity(found), start + found.index);
    from = found.index + found[0].length;
  }
  writePlain(pen, text.slice(from), start + from);
}

function writePlain(pen: Pen, text: string, start: number): void {
  for (const part of text.matchAll(/\s+|\S+/g)) {
    const words = /^\s/.test(part[0]) ? ' ' : part[0];
    pen.parts.push(words);
    for (let index = 0; index < words.length; index += 1) pen.at.push(start + part.index + index);
  }
}
