/** How many words make one run. */
const RUN = 5;

/** The largest share of runs that two briefs may have in common: above it they are one role under two names. */
export const MOST_ALIKE = 0.3;

/** Every run of five words of a text, in small letters, without marks; a run that comes twice counts once. */
export function runsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(' ')));
}

/** The share of runs two texts have in common, 0 to 1, measured on the text with fewer of them. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  if (few.size === 0) return 0;
  return [...few].filter((run) => many.has(run)).length / few.size;
}

/** Two texts that are more alike than they may be. */
export type Alike = { readonly one: string; readonly other: string; readonly share: number };

/** Every pair of texts that shares more than `MOST_ALIKE`, in the order of their ids. */
export function alike(texts: ReadonlyMap<string, string>): readonly Alike[] {
  const all = [...texts].map(([id, text]) => ({ id, runs: runsOf(text) }));
  return all.flatMap(({ id, runs }, at) =>
    all.slice(at + 1).flatMap((other): readonly Alike[] => {
      const share = likeness(runs, other.runs);
      return share > MOST_ALIKE ? [{ one: id, other: other.id, share }] : [];
    }),
  );
}
