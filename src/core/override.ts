/** What a person put in place of what the rules had decided. */
export const OVERRIDDEN = ['lane', 'persona', 'kind', 'order', 'pieces', 'drop'] as const;
export type Overridden = (typeof OVERRIDDEN)[number];

/** Overrides of one sort, of one rule, to one thing. */
export type OverrideCount = {
  readonly what: Overridden;
  /** Id of the rule that had decided; null where the entry names none. */
  readonly rule: string | null;
  /** A lane, a persona, a kind; null where it is none of these. */
  readonly to: string | null;
  readonly times: number;
};

const WORDS: Readonly<Record<Overridden, string>> = {
  lane: 'lane',
  persona: 'persona',
  kind: 'kind',
  order: 'order',
  pieces: 'pieces',
  drop: 'dropped',
};

const MOST = 4;

/** `People overrode the rules 4 times: lane 3 (LANE-080 to local 2, LANE-050 to senior) · pieces 1`; no line when nobody did. */
export function overriddenLine(counts: readonly OverrideCount[]): readonly string[] {
  const all = sum(counts);
  if (all === 0) return [];
  const sorts = OVERRIDDEN.flatMap((what) => {
    const of = counts.filter((count) => count.what === what);
    return of.length === 0 ? [] : [`${WORDS[what]} ${sum(of)}${detail(of)}`];
  });
  return [`People overrode the rules ${all === 1 ? 'once' : `${all} times`}: ${sorts.join(' · ')}`];
}

function sum(counts: readonly OverrideCount[]): number {
  return counts.reduce((all, { times }) => all + times, 0);
}

function detail(counts: readonly OverrideCount[]): string {
  const known = counts.filter(({ to }) => to !== null);
  if (known.length === 0) return '';
  const shown = known.slice(0, MOST).map(({ rule, to, times }) => {
    const what = rule === null ? `to ${to}` : `${rule} to ${to}`;
    return times === 1 ? what : `${what} ${times}`;
  });
  const left = known.length - MOST;
  return ` (${[...shown, ...(left > 0 ? [`and ${left} more`] : [])].join(', ')})`;
}
