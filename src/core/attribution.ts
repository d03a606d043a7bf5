/** Who wrote a stretch of a text: `source` is a place in the list of sources, `from` and `to` are UTF-16 code units. */
export type Run = { readonly source: number; readonly from: number; readonly to: number };

/** How many words are whose. */
export type Share = { readonly source: number; readonly words: number };

/** Who wrote what of one file, whatever its name. */
export type Authorship = {
  /** In order, from token to token, with nothing but white space outside of them. None where the file is no text. */
  readonly runs: readonly Run[];
  /** Most words first. None where the file is no text. */
  readonly shares: readonly Share[];
  /** Whose a file is that is no text: who first brought these bytes. Null for a text. */
  readonly whole: number | null;
  /** Whether a version was too large, or too different, to be compared word by word: only long runs kept their author. */
  readonly coarse: boolean;
};
export type FileAttribution = Authorship & { readonly name: string };

/** Who wrote what of the last of several versions. */
export type Attribution = {
  /** Who wrote something, in the order in which they came; see `sourceOf`. */
  readonly sources: readonly string[];
  readonly files: readonly FileAttribution[];
};

/** The words of all files together, by source, most first. */
export function totalsOf(files: readonly Pick<Authorship, 'shares'>[]): Share[] {
  const sums = new Map<number, number>();
  for (const { shares } of files)
    for (const { source, words } of shares) sums.set(source, (sums.get(source) ?? 0) + words);
  return byWords(sums);
}

/** Shares from a sum of words by source: most words first, then as the sources came; none without a word. */
export function byWords(sums: ReadonlyMap<number, number>): Share[] {
  return [...sums]
    .filter(([, words]) => words > 0)
    .map(([source, words]) => ({ source, words }))
    .sort((a, b) => b.words - a.words || a.source - b.source);
}

/** One line of a text without its line end, and whose its parts are, counted from the beginning of the line. */
export type LineAttribution = { readonly text: string; readonly runs: readonly Run[] };

/** The lines of a text with their parts; lines end in LF or CR LF. White space at either end of a part is nobody's. */
export function linesOf(text: string, runs: readonly Run[]): readonly LineAttribution[] {
  const lines: LineAttribution[] = [];
  const raws = text.split('\n');
  if (raws.at(-1) === '') raws.pop();
  let from = 0;
  let next = 0;
  for (const raw of raws) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const place = { from, to: from + line.length };
    next = after(runs, next, (run) => run.to <= place.from);
    const last = after(runs, next, (run) => run.from < place.to);
    const parts = runs.slice(next, last).map((run) => partIn(text, run, place));
    lines.push({ text: line, runs: parts.filter((part) => part !== null) });
    from += raw.length + 1;
  }
  return lines;
}

/** The first run from one on for which something no longer holds. */
function after(runs: readonly Run[], from: number, holds: (run: Run) => boolean): number {
  let at = from;
  for (let run = runs[at]; run !== undefined && holds(run); run = runs[at]) at += 1;
  return at;
}

type Place = { readonly from: number; readonly to: number };

/** What of a run lies in a line, without white space at its ends; null for white space alone. */
function partIn(text: string, run: Run, line: Place): Run | null {
  let from = Math.max(run.from, line.from);
  let to = Math.min(run.to, line.to);
  while (from < to && /\s/.test(text.charAt(from))) from += 1;
  while (from < to && /\s/.test(text.charAt(to - 1))) to -= 1;
  return from >= to ? null : { source: run.source, from: from - line.from, to: to - line.from };
}
