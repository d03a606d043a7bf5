/** How many single changes (add, drop, replace) turn one word into the other. Levenshtein 1966, row by row. */
export function distance(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const letter of a) {
    const row = [(last[0] ?? 0) + 1];
    for (let at = 0; at < b.length; at += 1)
      row.push(
        Math.min(
          cell(row, at) + 1,
          cell(last, at + 1) + 1,
          cell(last, at) + (letter === b[at] ? 0 : 1),
        ),
      );
    last = row;
  }
  return cell(last, b.length);
}

function cell(row: readonly number[], at: number): number {
  return row[at] ?? Infinity;
}

/** The known word that was most likely meant, small letters or not; undefined when more than half of what was written would have to change. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const word = written.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(word, candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best !== undefined && best.far <= Math.ceil(word.length / 2) ? best.candidate : undefined;
}
