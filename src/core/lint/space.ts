import type { Facts } from '../facts.ts';
import type { Kind, Needs } from '../kind.ts';
import type { Lane } from '../lane.ts';
import { LANES } from '../lane.ts';
import type { When } from '../rule.ts';
import type { Diagrams, Region } from './diagram.ts';
import { ALL, makeDiagrams, NONE } from './diagram.ts';
import type { Level, Sources } from './level.ts';
import { levelsOf, marksOf } from './level.ts';

/**
 * Everything the facts of a task can be, as far as some rule can tell it apart. That is the space `route` decides over,
 * whether or not the words of a person can lead to every point of it.
 */
export type Space = Diagrams & {
  readonly levels: readonly Level[];
  /** Where a condition holds. */
  readonly where: (when: When) => Region;
  /** Where the kind is one of these. */
  readonly kinds: (is: (kind: string) => boolean) => Region;
  /** Where a kind's files or words are there, or another piece of the request brings them. */
  readonly supplied: (needs: Needs) => Region;
  /** Where the task was decided for this lane. */
  readonly goes: (lane: Lane) => Region;
  /** The complement. */
  readonly not: (region: Region) => Region;
  /** Whether facts lie in a region; `goes` where the region asks for it. The judgement is that of the kind. */
  readonly has: (region: Region, facts: Facts, goes?: Lane) => boolean;
};

/** The space of these kinds and conditions. Throws Fault `too_large` from any operation that takes too many steps. */
export function makeSpace(sources: Sources, most?: number): Space {
  const levels = levelsOf(sources);
  const sizes = levels.map((level) => (level.is === 'types' ? 2 : level.of.length));
  const on: On = { levels, diagrams: makeDiagrams(sizes, most) };
  const { diagrams } = on;
  const goesAt = levels.findIndex(({ is }) => is === 'goes');
  return {
    ...diagrams,
    levels,
    where: (when) => where(on, when),
    kinds: (is) => kinds(on, is),
    supplied: (needs) => supplied(on, needs),
    goes: (lane) =>
      diagrams.slice(
        goesAt,
        LANES.map((one) => one === lane),
      ),
    not: (region) => diagrams.minus(ALL, region),
    has: (region, facts, goes) =>
      diagrams.holds(
        region,
        levels.map((level) => classOf(level, facts, goes)),
      ),
  };
}

type On = { readonly levels: readonly Level[]; readonly diagrams: Diagrams };

function where(on: On, when: When): Region {
  const { is, in: among, not_in: except } = when.fileTypes ?? {};
  const { and, minus } = on.diagrams;
  const parts = [
    ...on.levels.map((level, i) => single(on.diagrams, { level, i }, when)),
    is === undefined ? ALL : anyType(on, [is]),
    among === undefined ? ALL : anyType(on, among),
    except === undefined ? ALL : minus(ALL, anyType(on, except)),
  ];
  return parts.reduce((all, part) => and(all, part), ALL);
}

/** Where at least one of these file types is there. */
function anyType({ levels, diagrams: { or, slice } }: On, types: readonly string[]): Region {
  return levels.reduce(
    (any, level, i) =>
      level.is === 'types' && level.of.some((type) => types.includes(type))
        ? or(any, slice(i, [false, true]))
        : any,
    NONE,
  );
}

/** What `missing` misses nothing of. */
function supplied(on: On, { files, words, pasted }: Needs): Region {
  if (files === undefined) return ALL;
  const enough: readonly When[] = [
    { follows: { is: 'piece' } },
    ...(words === undefined ? [] : [{ words: { at_least: words } }]),
    ...(pasted === undefined ? [] : [{ pasted: { at_least: pasted } }]),
  ];
  return enough.reduce((any, when) => on.diagrams.or(any, where(on, when)), anyType(on, files));
}

function kinds({ levels, diagrams }: On, is: (kind: string) => boolean): Region {
  const at = levels.findIndex((level) => level.is === 'kind');
  const level = levels[at];
  return level?.is === 'kind'
    ? diagrams.slice(
        at,
        level.of.map(({ kind }) => is(kind)),
      )
    : NONE;
}

type At = { readonly level: Level; readonly i: number };

function single({ slice }: Diagrams, { level, i }: At, when: When): Region {
  if (level.is === 'types' || level.is === 'goes') return ALL;
  const { kind, judgement } = when;
  const asked: When =
    level.is === 'kind'
      ? {
          ...(kind === undefined ? {} : { kind }),
          ...(judgement === undefined ? {} : { judgement }),
        }
      : pickFact(when, level.fact);
  return Object.keys(asked).length === 0 ? ALL : slice(i, marksOf(level, asked));
}

/** The class facts belong to; undefined for a lane nobody speaks of. */
function classOf(level: Level, facts: Facts, goes: Lane | undefined): number | undefined {
  if (level.is === 'goes') return goes === undefined ? undefined : level.of.indexOf(goes);
  if (level.is === 'types') return level.of.some((type) => facts.fileTypes.includes(type)) ? 1 : 0;
  if (level.is === 'kind') {
    const at = level.of.findIndex(({ kind }) => kind === facts.kind);
    // What nobody knows is as good as unclear, which stands last.
    return at === -1 ? level.of.length - 1 : at;
  }
  if (level.is === 'name') {
    const at = level.of.findIndex((value) => value === facts[level.fact]);
    return at === -1 ? level.of.length - 1 : at;
  }
  const size = facts[level.fact];
  return level.of.findIndex((one) =>
    one === undefined
      ? size === undefined
      : typeof size === 'number' && size >= one.least && size <= one.most,
  );
}

function pickFact(when: When, fact: keyof Facts): When {
  const condition = when[fact];
  return condition === undefined ? {} : { [fact]: condition };
}

/** The kinds that make a task, as the rules know them. */
export function workKinds(kinds: readonly Kind[]) {
  return kinds.flatMap((kind) => (kind.sort === 'work' ? [kind] : []));
}
