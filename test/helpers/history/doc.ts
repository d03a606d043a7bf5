import type { Dice } from './dice.ts';
import { codeLine, sentence, word } from './language.ts';

/** What stands between two white spaces, and who wrote it. */
export type Piece = { readonly text: string; readonly by: string };

/** Sentences of a paragraph, or the lines of a list or of code. */
export type Block = {
  readonly is: 'prose' | 'heading' | 'list' | 'code';
  readonly parts: readonly (readonly Piece[])[];
};

export type Doc = {
  readonly name: string;
  /** Where lines of prose are broken; 0 for one line a paragraph. */
  readonly wrap: number;
  readonly blocks: readonly Block[];
};

export type State = readonly Doc[];

const by = (texts: readonly string[], author: string): Piece[] =>
  texts.map((text) => ({ text, by: author }));

export function newPart(dice: Dice, is: Block['is'], author: string): Piece[] {
  if (is === 'code') return by(codeLine(dice), author);
  if (is === 'heading') return by(['##', word(dice), word(dice), word(dice)], author);
  if (is === 'list') return by(['-', ...sentence(dice)], author);
  return by(sentence(dice), author);
}

export function newBlock(dice: Dice, code: boolean, author: string): Block {
  const is = code ? 'code' : dice.pick(['prose', 'prose', 'prose', 'heading', 'list'] as const);
  const count = is === 'heading' ? 1 : 2 + dice.below(6);
  return { is, parts: Array.from({ length: count }, () => newPart(dice, is, author)) };
}

export function newDoc(dice: Dice, name: string, author: string): Doc {
  const code = name.endsWith('.php');
  const count = 3 + dice.below(12);
  return {
    name,
    wrap: dice.pick([0, 0, 60, 80]),
    blocks: Array.from({ length: count }, () => newBlock(dice, code, author)),
  };
}

/** The text of a document, wrapped as it is now. */
export function textOf(doc: Doc): string {
  const indent = doc.wrap > 70 ? '    ' : '  ';
  return `${doc.blocks
    .map(({ is, parts }) => {
      const lines = parts.map((part) => part.map(({ text }) => text).join(' '));
      if (is === 'prose') return wrapped(lines.join(' '), doc.wrap);
      return lines.map((line) => (is === 'code' ? indent + line : line)).join('\n');
    })
    .join('\n\n')}\n`;
}

function wrapped(text: string, width: number): string {
  if (width === 0) return text;
  const lines: string[] = [];
  for (const piece of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + piece.length >= width) lines.push(piece);
    else lines[lines.length - 1] = `${last} ${piece}`;
  }
  return lines.join('\n');
}

/** Every word of a document with who wrote it, in order. */
export function truthOf(doc: Doc): Piece[] {
  return doc.blocks.flatMap(({ parts }) =>
    parts.flatMap((part) =>
      part.flatMap(({ text, by: author }) =>
        (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((found) => ({ text: found, by: author })),
      ),
    ),
  );
}
