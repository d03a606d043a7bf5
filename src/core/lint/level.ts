import type { FactName, Facts } from '../facts.ts';
import { FACT_NAMES, UNCLEAR, VOCABULARY } from '../facts.ts';
import type { Kind } from '../kind.ts';
import type { Lane } from '../lane.ts';
import { LANES } from '../lane.ts';
import { holds } from '../match.ts';
import type { When } from '../rule.ts';
import { USUAL } from '../usual.ts';

/** Facts on which one value stands against another; file types are a level for each of their own groups. */
type Single = Exclude<FactName, 'kind' | 'judgement' | 'fileTypes'>;
export type Size = { readonly least: number; readonly most: number };

/**
 * One question to the facts and the classes of answers that some rule can tell apart. The judgement follows from the
 * kind, so both are one level. `goes`: the lane a start rule speaks of, which is no fact of the task. `undefined` stands
 * for a fact that is not there.
 */
export type Level =
  | { readonly is: 'kind'; readonly of: readonly Pick<Facts, 'kind' | 'judgement'>[] }
  | { readonly is: 'goes'; readonly of: readonly Lane[] }
  | { readonly is: 'name'; readonly fact: Single; readonly of: readonly (string | undefined)[] }
  | { readonly is: 'number'; readonly fact: Single; readonly of: readonly (Size | undefined)[] }
  /** Types that no rule tells apart: none of them is there, or at least one is. */
  | { readonly is: 'types'; readonly of: readonly string[] };

/** What the levels are made from. */
export type Sources = {
  readonly kinds: readonly Kind[];
  readonly whens: readonly When[];
  /** A persona that a person may name though no rule does. */
  readonly stranger: string;
};

const SINGLES = FACT_NAMES.filter(
  (name): name is Single => name !== 'kind' && name !== 'judgement' && name !== 'fileTypes',
);

export function levelsOf(sources: Sources): readonly Level[] {
  return [
    kindLevel(sources),
    { is: 'goes', of: LANES },
    ...SINGLES.map((fact) => singleLevel(fact, sources)),
    ...typeGroups(sources).map((of): Level => ({ is: 'types', of })),
  ];
}

function kindLevel({ kinds }: Sources): Level {
  const known = kinds.map((kind) =>
    kind.sort === 'work' ? { kind: kind.id, judgement: kind.judgement } : { kind: kind.id },
  );
  return { is: 'kind', of: [...known, { kind: UNCLEAR }] };
}

function singleLevel(fact: Single, sources: Sources): Level {
  const sort = VOCABULARY[fact];
  const absent = sort.absent ? [undefined] : [];
  if (sort.is === 'number')
    return { is: 'number', fact, of: [...absent, ...sizesOf(sort, cutsOf(fact, sources))] };
  if (fact === 'persona') return { is: 'name', fact, of: [...absent, ...personasOf(sources)] };
  const of = sort.is === 'list' ? [] : (sort.of ?? []);
  return { is: 'name', fact, of: [...absent, ...of] };
}

function personasOf({ whens, stranger }: Sources): readonly string[] {
  const named = whens.flatMap(({ persona }) => [
    ...(persona?.is === undefined ? [] : [persona.is]),
    ...(persona?.in ?? []),
    ...(persona?.not_in ?? []),
  ]);
  return [...new Set([...named, stranger])];
}

/** Where a rule, or what a kind needs, begins to see another number. */
function cutsOf(fact: Single, { whens, kinds }: Sources): readonly number[] {
  const cuts = whens.flatMap((when) => {
    const { at_least: least, at_most: most } = when[fact] ?? {};
    return [
      ...(typeof least === 'number' ? [least] : []),
      ...(typeof most === 'number' ? [most + 1] : []),
    ];
  });
  if (fact !== 'words' && fact !== 'pasted') return cuts;
  const needed = kinds.flatMap((kind) => (kind.sort === 'work' ? [kind.needs[fact] ?? 0] : []));
  return [...cuts, ...needed];
}

function sizesOf({ least, most }: Size, cuts: readonly number[]): readonly Size[] {
  const inner = cuts.filter((cut) => cut > least && cut <= most);
  const begins = [...new Set([least, ...inner])].sort((a, b) => a - b);
  return begins.map((begin, i) => ({ least: begin, most: (begins[i + 1] ?? most + 1) - 1 }));
}

/** Sets of file types, as rules and kinds name them. */
function typeSets({ whens, kinds }: Sources): readonly (readonly string[])[] {
  const asked = whens.flatMap(({ fileTypes }) => [
    ...(fileTypes?.is === undefined ? [] : [[fileTypes.is]]),
    ...(fileTypes?.in === undefined ? [] : [fileTypes.in]),
    ...(fileTypes?.not_in === undefined ? [] : [fileTypes.not_in]),
  ]);
  const needed = kinds.flatMap((kind) =>
    kind.sort === 'work' && kind.needs.files !== undefined ? [kind.needs.files] : [],
  );
  return [...asked, ...needed];
}

/** Types that stand in exactly the same sets. */
function typeGroups(sources: Sources): readonly (readonly string[])[] {
  const sets = typeSets(sources);
  const groups = new Map<string, string[]>();
  for (const type of new Set(sets.flat())) {
    const key = sets.map((set) => (set.includes(type) ? '1' : '0')).join('');
    groups.set(key, [...(groups.get(key) ?? []), type]);
  }
  return [...groups.values()];
}

/** The classes of a level that meet a condition: asked of the very matcher that decides, with one value of each. */
export function marksOf(level: Level, when: When): readonly boolean[] {
  if (level.is === 'kind') return level.of.map((one) => holds(when, { ...USUAL, ...one }));
  if (level.is === 'number')
    return level.of.map((size) =>
      holds(when, withFact(USUAL, level.fact, nearUsual(level.fact, size))),
    );
  if (level.is === 'name')
    return level.of.map((value) => holds(when, withFact(USUAL, level.fact, value)));
  return level.of.map(() => true);
}

/** Facts with another value of one of them; without it where the value is undefined. */
export function withFact(facts: Facts, fact: Single, value: string | number | undefined): Facts {
  const others = Object.entries(facts).filter(([name]) => name !== fact);
  const all = value === undefined ? others : [...others, [fact, value] as const];
  return Object.fromEntries(all) as unknown as Facts;
}

/** The number of a class that stands nearest to what is usual; undefined where the fact is not there. */
export function nearUsual(fact: Single, size: Size | undefined): number | undefined {
  if (size === undefined) return undefined;
  const { least, most } = size;
  const usual = fact in USUAL ? USUAL[fact as keyof typeof USUAL] : 0;
  return Math.min(most, Math.max(least, typeof usual === 'number' ? usual : 0));
}
