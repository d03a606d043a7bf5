import type { Finding } from '../ledger/history.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Point } from './verify-points.ts';

/** Holds a tree that grows against what was signed of it at each size. */
export type Roots = {
  /** Looks at the tree as it is now; to be asked after every entry. */
  grown(tree: Tree): void;
  /** What was so, and what was not. */
  end(tree: Tree): { readonly right: readonly Point[]; readonly stray: readonly Stray[] };
};

/** Something that was signed or kept and is not so. */
export type Stray = Point & { readonly finding: Finding };

type Wrong = Point & { readonly found: string };

/** `origin` names the log in findings. */
export function watchRoots(origin: string, points: readonly Point[]): Roots {
  const due = points.toSorted((a, b) => a.size - b.size);
  const right: Point[] = [];
  const wrong: Wrong[] = [];
  let next = 0;
  return {
    grown: (tree) => {
      const size = tree.size();
      // Nearly every entry: nothing was signed at this size.
      if ((due[next]?.size ?? Infinity) > size) return;
      const found = tree.root().toString('hex');
      for (let point = due[next]; point?.size === size; point = due[next]) {
        if (found.startsWith(point.root)) right.push(point);
        else wrong.push({ ...point, found });
        next += 1;
      }
    },
    end: (tree) => ({
      right,
      stray: [
        ...strayed(origin, right, wrong),
        ...cutOff(origin, due.slice(next), { right, size: tree.size() }),
      ],
    }),
  };
}

/** The first entry that differs lies behind the last size that is right and before the first that is not. */
function strayed(origin: string, right: readonly Point[], wrong: readonly Wrong[]): Stray[] {
  return wrong.map((point) => {
    const first = wrong.find((one) => counts(point, one))?.size ?? point.size;
    const before = right
      .filter((one) => counts(point, one) && one.size < first)
      .map(({ size }) => size);
    const place = `log ${origin}, ${span(Math.max(0, ...before), first - 1)}`;
    const got = point.found.slice(0, point.root.length);
    const says = `expected the root ${point.root} over the first ${point.size} entries, as ${point.by} says, got ${got}: the first entry that was changed, put in or taken out is here`;
    return stray(point, place, says);
  });
}

type Rest = { readonly right: readonly Point[]; readonly size: number };

/**
 * A log that is shorter than it was lost its end; or entries before it whose place the others took, where somebody else
 * could sign it anew. What nobody can have moved ends with the last size that is right against what was kept outside.
 */
function cutOff(origin: string, missed: readonly Point[], { right, size }: Rest): Stray[] {
  return missed.map((point) => {
    const sound = right.filter((one) => counts(point, one)).map((one) => one.size);
    const from = Math.max(0, ...sound);
    const place = `log ${origin}, ${span(size, point.size - 1)}`;
    const end = 'the end of the log was cut off';
    const how =
      from === size || point.sort === 'row'
        ? end
        : `${end}, or, if its key is in other hands, something behind the first ${from} entries was taken out`;
    const says = `expected at least ${point.size} entries, as ${point.by} says, got ${size}: ${how}`;
    return stray(point, place, says);
  });
}

/**
 * A row of the database that is right says nothing against what was kept outside: whoever wrote the record anew wrote the
 * row too.
 */
function counts(against: Point, one: Point): boolean {
  return against.sort === 'row' || one.sort === 'anchor';
}

function stray(point: Point, place: string, says: string): Stray {
  return { ...point, finding: { place, level: 'fault', says } };
}

function span(from: number, to: number): string {
  return from >= to ? `entry ${to}` : `entry ${from} to ${to}`;
}
