import type { Diff, Edit } from './blame/align-blocks.ts';

/** Lines that stay the same, shown around what changed. */
const AROUND = 3;
/** With more lines removed and added than this, two texts have nothing in common that would help a reader. */
const MOST = 4_000;

type Line = { readonly mark: ' ' | '-' | '+'; readonly text: string };

/**
 * The difference of two texts in the unified format of POSIX `diff -u`, without the two lines that name the files. Empty
 * when they are the same. What a terminal would not show as it stands (control characters, and such as turn the direction
 * of writing) is written out as `\u{202e}`.
 */
export function unifiedDiff(before: string, after: string, diff: Diff): readonly string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const lines = marked(old, now, editsOf(old, now, diff));
  return hunksOf(lines).flatMap(([from, to]) => hunk(lines, from, to));
}

/** Each line with its end, so that a last line without one is another line. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function editsOf(old: readonly string[], now: readonly string[], diff: Diff): readonly Edit[] {
  const keys = new Map<string, number>();
  const keyed = (lines: readonly string[]): number[] =>
    lines.map((line) => {
      const key = keys.get(line) ?? keys.size;
      keys.set(line, key);
      return key;
    });
  return (
    diff(keyed(old), keyed(now), MOST) ?? [
      { is: 'removed', count: old.length },
      { is: 'added', count: now.length },
    ]
  );
}

function marked(
  old: readonly string[],
  now: readonly string[],
  edits: readonly Edit[],
): readonly Line[] {
  const at = { old: 0, now: 0 };
  const take = ({ is, count }: Edit): Line[] => {
    const from = is === 'added' ? now.slice(at.now) : old.slice(at.old);
    if (is !== 'added') at.old += count;
    if (is !== 'removed') at.now += count;
    const mark = is === 'kept' ? ' ' : is === 'added' ? '+' : '-';
    return from.slice(0, count).map((text) => ({ mark, text }));
  };
  return edits.flatMap(take);
}

/** Stretches of lines around changes; such that touch are one. */
function hunksOf(lines: readonly Line[]): readonly (readonly [from: number, to: number])[] {
  const found: [number, number][] = [];
  lines.forEach(({ mark }, at) => {
    if (mark === ' ') return;
    const [from, to] = [Math.max(0, at - AROUND), Math.min(lines.length, at + AROUND + 1)];
    const last = found.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else found.push([from, to]);
  });
  return found;
}

function hunk(lines: readonly Line[], from: number, to: number): readonly string[] {
  const shown = lines.slice(from, to);
  const start = (mark: '-' | '+'): string => {
    const isIn = (line: Line): boolean => line.mark === ' ' || line.mark === mark;
    const before = lines.slice(0, from).filter(isIn).length;
    const count = shown.filter(isIn).length;
    // The format names the line before a stretch that is empty.
    return `${mark}${count === 0 ? before : before + 1},${count}`;
  };
  return [`@@ ${start('-')} ${start('+')} @@`, ...shown.flatMap(written)];
}

function written({ mark, text }: Line): readonly string[] {
  const line = `${mark}${visible(text.replace(/\n$/, ''))}`;
  return text.endsWith('\n') ? [line] : [line, '\\ No newline at end of file'];
}

/** Nothing in a file may move the cursor of who reads it, or hide behind what is not seen. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, (char) =>
    char === '\t' ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
