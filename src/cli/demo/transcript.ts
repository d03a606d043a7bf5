import { clock } from './readable.ts';

/** Writes what happens as it happens: when, who, where, and the words below one another. */
export type Transcript = {
  title(text: string): void;
  /** Words to the reader, not said by anybody. */
  note(...lines: readonly string[]): void;
  row(row: Row): void;
};

export type Row = {
  readonly who: string;
  readonly where: string;
  readonly lines: readonly string[];
};

export type Paint = (style: 'bold' | 'dim' | 'cyan' | 'green' | 'red', text: string) => string;

const WIDTH = 118;
const WHO = 6;
const WHERE = 13;
/** Lines of one message that are shown. */
const MOST = 16;
const INDENT = 8 + 2 + WHO + 2 + WHERE + 2;

/** A transcript on lines of at most 118 signs. */
export function makeTranscript(print: (line: string) => void, paint: Paint): Transcript {
  return {
    title: (text) => {
      print('');
      print(paint('bold', text));
    },
    note: (...lines) => {
      for (const line of lines) for (const part of wrapped(line, WIDTH)) print(part);
    },
    row: ({ who, where, lines }) => {
      const parts = shortened(lines.flatMap((line) => wrapped(line, WIDTH - INDENT)));
      const name = paint(who === 'AIOS' ? 'cyan' : 'green', who.padEnd(WHO));
      const [first = '', ...rest] = parts;
      print(`${paint('dim', clock(Date.now()))}  ${name}  ${where.padEnd(WHERE)}  ${first}`);
      for (const part of rest) print(`${' '.repeat(INDENT)}${part}`);
    },
  };
}

/** Of a long answer its beginning. */
function shortened(parts: readonly string[]): readonly string[] {
  return parts.length <= MOST + 1
    ? parts
    : [...parts.slice(0, MOST), `… and ${parts.length - MOST} more lines`];
}

/** Breaks a line between words; what follows is moved in, so that it is seen to belong. */
function wrapped(line: string, width: number): readonly string[] {
  const parts: string[] = [];
  let left = line;
  while (left.length > width) {
    const space = left.lastIndexOf(' ', width);
    const at = space <= 4 ? width : space;
    parts.push(left.slice(0, at));
    left = `  ${left.slice(at).trimStart()}`;
  }
  return [...parts, left];
}
