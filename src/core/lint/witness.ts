import type { Facts } from '../facts.ts';
import { CONSEQUENCES } from '../facts.ts';
import type { Kind } from '../kind.ts';
import type { Lane } from '../lane.ts';
import { LANES } from '../lane.ts';
import { USUAL } from '../usual.ts';
import type { Cell, Prefer, Region } from './diagram.ts';
import type { Witness } from './finding.ts';
import type { Level, Size } from './level.ts';
import { nearUsual, withFact } from './level.ts';
import type { Space } from './space.ts';

export type Finder = {
  /** Facts inside a region, as usual as it allows, and in words what puts them there; null where the region is empty. */
  readonly witness: (region: Region) => Witness | null;
};

export function makeFinder(space: Space, kinds: readonly Kind[]): Finder {
  const prefer = preferring(space, kinds);
  return {
    witness: (region) => {
      const cell = space.pick(region, prefer);
      if (cell === undefined) return null;
      const kept = essential(space, region, cell);
      const goes = goesTo(space, kept);
      return {
        facts: factsOf(space.levels, cell),
        when: inWords(space.levels, kept),
        ...(goes === undefined ? {} : { goes }),
      };
    },
  };
}

/** What is usual first; of the consequence the least that the kind can have. */
function preferring({ levels }: Space, kinds: readonly Kind[]): Prefer {
  const orders = levels.map(usualFirst);
  const kindAt = levels.findIndex(({ is }) => is === 'kind');
  const consequenceAt = levels.findIndex(
    (level) => level.is === 'name' && level.fact === 'consequence',
  );
  // The classes of the kind stand in the order of the kinds.
  const fromLeast = [...kinds, undefined].map((kind) => consequencesFrom(kind));
  return (at, chosen) => (at === consequenceAt ? fromLeast[chosen[kindAt] ?? 0] : orders[at]) ?? [];
}

function consequencesFrom(kind: Kind | undefined): readonly number[] {
  const least = kind?.sort === 'work' ? CONSEQUENCES.indexOf(kind.consequence) : 0;
  const all = [...CONSEQUENCES.keys()];
  return [...all.filter((one) => one >= least), ...all.filter((one) => one < least).reverse()];
}

function usualFirst(level: Level): readonly number[] {
  const all = [...Array(level.is === 'types' ? 2 : level.of.length).keys()];
  return [...all.filter((at) => isUsual(level, at)), ...all.filter((at) => !isUsual(level, at))];
}

function isUsual(level: Level, at: number): boolean {
  if (level.is === 'types') return (at === 1) === level.of.some(isUsualType);
  if (level.is === 'kind' || level.is === 'goes') return false;
  if (level.is === 'number') return usualSize(level.fact, level.of[at]);
  return level.of[at] === (USUAL as Partial<Facts>)[level.fact];
}

function isUsualType(type: string): boolean {
  return USUAL.fileTypes.some((usual) => usual === type);
}

function usualSize(fact: keyof Facts, size: Size | undefined): boolean {
  const usual = (USUAL as Partial<Facts>)[fact];
  return (
    size !== undefined && typeof usual === 'number' && usual >= size.least && usual <= size.most
  );
}

/** A class of some levels; `undefined` where it makes no difference. */
type Kept = readonly (number | undefined)[];

/** Leaves out what makes no difference, the usual last and before it the kind: what is kept suffices alone. */
function essential({ levels, holds }: Space, region: Region, cell: Cell): Kept {
  const order = [...levels.keys()].reverse();
  const usual = order.filter((at) => isUsual(levels[at] ?? { is: 'goes', of: [] }, cell[at] ?? 0));
  const kept: (number | undefined)[] = [...cell];
  for (const at of [...order.filter((one) => !usual.includes(one)), ...usual]) {
    const was = kept[at];
    kept[at] = undefined;
    if (!holds(region, kept)) kept[at] = was;
  }
  return kept;
}

function goesTo({ levels }: Space, kept: Kept): Lane | undefined {
  const at = kept[levels.findIndex(({ is }) => is === 'goes')];
  return at === undefined ? undefined : LANES[at];
}

/** One fact set of a cell. File types and their number go together: as many files as types, none where no file may be. */
function factsOf(levels: readonly Level[], cell: Cell): Facts {
  const fileTypes = levels
    .flatMap((level, i) =>
      level.is === 'types' && cell[i] === 1
        ? [level.of.find(isUsualType) ?? level.of[0] ?? '']
        : [],
    )
    .sort();
  const found = levels.reduce<Facts>((facts, level, i) => withLevel(facts, level, cell[i] ?? 0), {
    ...USUAL,
    fileTypes,
  });
  const files = levels.findIndex((level) => level.is === 'number' && level.fact === 'files');
  const level = levels[files];
  const size = level?.is === 'number' ? level.of[cell[files] ?? 0] : undefined;
  if (size === undefined) return found;
  return { ...found, files: Math.min(size.most, Math.max(size.least, fileTypes.length)) };
}

function withLevel(facts: Facts, level: Level, at: number): Facts {
  if (level.is === 'kind') return { ...facts, ...level.of[at] };
  if (level.is === 'number')
    return withFact(facts, level.fact, nearUsual(level.fact, level.of[at]));
  return level.is === 'name' ? withFact(facts, level.fact, level.of[at]) : facts;
}

function inWords(levels: readonly Level[], kept: Kept): string {
  const said = levels.flatMap((level, i) => {
    const at = kept[i];
    return at === undefined || isUsual(level, at) ? [] : [levelWords(level, at)];
  });
  if (said.length === 0) return 'when everything is as usual';
  return `when ${said.join(', ')}`;
}

function levelWords(level: Level, at: number): string {
  if (level.is === 'kind') return `kind is ${level.of[at]?.kind ?? ''}`;
  if (level.is === 'goes') return `it goes to the ${level.of[at] ?? ''} lane`;
  if (level.is === 'types') return `fileTypes has ${typeWords(level.of, at)}`;
  return `${level.fact} is ${valueWords(level.of[at])}`;
}

function valueWords(value: string | Size | undefined): string {
  if (value === undefined) return 'not named';
  return typeof value === 'string' ? value : sizeWords(value);
}

function typeWords(of: readonly string[], at: number): string {
  const some = of.length > 4 ? [...of.slice(0, 3), `${of.length - 3} more like them`] : of;
  return at === 0 ? `no ${some.join(', no ')}` : some.join(' or ');
}

function sizeWords({ least, most }: Size): string {
  return least === most ? String(least) : `${least} to ${most}`;
}
