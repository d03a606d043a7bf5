import { kindOf, type FileKind } from '../kinds.ts';
import type { WireFile } from '../wire.ts';

/** A file as text, with the way from an offset to a line. */
export type Source = {
  readonly name: string;
  readonly kind: FileKind;
  readonly text: string;
};

export type Sources = {
  readonly read: readonly Source[];
  /** Names of files of a kind that no exact program reads. */
  readonly foreign: readonly string[];
  /** Names of files that say they are text and are not. */
  readonly broken: readonly string[];
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Sorts what came in: text we read, files of other kinds, and files that are not the UTF-8 text they claim to be. */
export function openSources(files: readonly WireFile[]): Sources {
  const read: Source[] = [];
  const foreign: string[] = [];
  const broken: string[] = [];
  for (const file of files) {
    const kind = kindOf(file.name);
    const text = textOf(file);
    if (kind === undefined) foreign.push(file.name);
    else if (text === undefined) broken.push(file.name);
    else read.push({ name: file.name, kind, text });
  }
  return { read, foreign, broken };
}

function textOf(file: WireFile): string | undefined {
  try {
    const text = utf8.decode(Buffer.from(file.base64 ?? '', 'base64'));
    return text.includes('\u0000') ? undefined : text;
  } catch {
    return undefined;
  }
}

export type LineColumn = { readonly line: number; readonly column: number };

/** Gives a function from offset to line and column, both counted from 1. */
export function lineFinder(text: string): (offset: number) => LineColumn {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** One line of the text around an offset or of a range, short enough for a table. */
export function quoteOf(text: string, start: number, end: number): string {
  const words = text
    .slice(start, Math.min(end, start + 400))
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > 120 ? `${words.slice(0, 119)}…` : words;
}
