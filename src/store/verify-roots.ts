import type { Finding } from '../ledger/history.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Point } from './verify-points.ts';

/** Holds a tree that grows against what was signed of it at each size. */
export type Roots = {
  /** Looks at the tree as it is now; to be asked after every entry. */
  grown(tree: Tree): void;
  /** What was not so, and how much was. */
  end(tree: Tree): { readonly findings: readonly Finding[]; readonly right: readonly Point[] };
};

/** `origin` names the log in findings. */
export function watchRoots(origin: string, points: readonly Point[]): Roots {
  const due = points.toSorted((a, b) => a.size - b.size);
  const right: Point[] = [];
  const wrong: { readonly point: Point; readonly root: string }[] = [];
  let next = 0;
  const grown = (tree: Tree): void => {
    const size = tree.size();
    // Nearly every entry: nothing was signed at this size.
    if ((due[next]?.size ?? Infinity) > size) return;
    const root = tree.root().toString('hex');
    for (; due[next]?.size === size; next += 1) {
      const point = due[next];
      if (point === undefined) continue;
      if (root.startsWith(point.root)) right.push(point);
      else wrong.push({ point, root });
    }
  };
  return {
    grown,
    end: (tree) => ({ right, findings: [...strayed(), ...short(tree.size())] }),
  };

  /** The first that differs lies after the last size that is right and before the first that is not. */
  function strayed(): readonly Finding[] {
    const [first] = wrong;
    const before = Math.max(
      0,
      ...right.map(({ size }) => size).filter((size) => size < (first?.point.size ?? 0)),
    );
    return wrong.map(({ point, root }) => ({
      place: `log ${origin}, ${span(before, (first?.point.size ?? 1) - 1)}`,
      level: 'fault',
      says: `expected the root ${point.root} over the first ${point.size} entries, as ${point.by} says, got ${root.slice(0, point.root.length)}: the first entry that was changed, put in or taken out is here`,
    }));
  }

  function short(size: number): readonly Finding[] {
    return due.slice(next).map((point) => ({
      place: `log ${origin}, ${span(size, point.size - 1)}`,
      level: 'fault',
      says: `expected at least ${point.size} entries, as ${point.by} says, got ${size}: the end of the log was cut off`,
    }));
  }
}

function span(from: number, to: number): string {
  return from >= to ? `entry ${to}` : `entry ${from} to ${to}`;
}
