import { Fault } from '../fault.ts';

/**
 * A set of combinations of facts, as the number of its node in a decision diagram: every fact is one level, every class
 * of its values one branch. A node is made once, so that two regions are equal exactly when their numbers are, and
 * nothing is ever sampled. (Bryant 1986, for many values as in Gouda and Liu's firewall decision diagrams, 2004; boxes
 * would do the same, but a condition on a list of file types is no box.)
 */
export type Region = number;
export const NONE: Region = 0;
export const ALL: Region = 1;

/** A class of each level's values, by level. */
export type Cell = readonly number[];

/** The steps after which a set of rules counts as too tangled to be proven: some seconds on a small machine. */
export const MOST_STEPS = 40_000_000;

const OPERATIONS = { and: 0, or: 1, minus: 2 } as const;
type Operation = keyof typeof OPERATIONS;
const LEAF = Number.MAX_SAFE_INTEGER;
/** Node numbers stay below it, so that two of them and an operation fit into one whole number. */
const MOST_NODES = 2 ** 22;

/** In which order the classes of a level are tried, the classes chosen before it being known. */
export type Prefer = (level: number, chosen: Cell) => readonly number[];

export type Diagrams = {
  /** Everything whose class at this level is marked. */
  readonly slice: (level: number, marks: readonly boolean[]) => Region;
  readonly and: (a: Region, b: Region) => Region;
  readonly or: (a: Region, b: Region) => Region;
  readonly minus: (a: Region, b: Region) => Region;
  /** Part of the whole, 0 to 1, every class of a level counting the same. */
  readonly volume: (region: Region) => number;
  /** A cell of a region, of each level the first class in the order `prefer` gives that leads into it. */
  readonly pick: (
    region: Region,
    prefer: (level: number, chosen: Cell) => readonly number[],
  ) => Cell | undefined;
  /** Whether every cell with these classes lies in the region; `undefined` stands for every class of its level. */
  readonly holds: (region: Region, classes: readonly (number | undefined)[]) => boolean;
};

type Nodes = {
  readonly sizes: readonly number[];
  readonly levels: number[];
  readonly kids: (readonly Region[])[];
  readonly byKey: Map<string, Region>;
  readonly done: Map<number, Region>;
  readonly volumes: Map<Region, number>;
  readonly most: number;
  steps: number;
};

/**
 * Diagrams over levels of these sizes. Throws Fault `too_large` where more than `most` steps would be taken, all
 * operations together.
 */
export function makeDiagrams(sizes: readonly number[], most: number = MOST_STEPS): Diagrams {
  const nodes: Nodes = {
    sizes,
    levels: [LEAF, LEAF],
    kids: [[], []],
    byKey: new Map(),
    done: new Map(),
    volumes: new Map([
      [NONE, 0],
      [ALL, 1],
    ]),
    most,
    steps: 0,
  };
  return {
    slice: (level, marks) =>
      node(
        nodes,
        level,
        marks.map((mark) => (mark ? ALL : NONE)),
      ),
    and: (a, b) => apply(nodes, 'and', [a, b]),
    or: (a, b) => apply(nodes, 'or', [a, b]),
    minus: (a, b) => apply(nodes, 'minus', [a, b]),
    volume: (region) => volume(nodes, region),
    pick: (region, prefer) => pick(nodes, region, prefer),
    holds: (region, classes) => {
      const known = new Map([
        [NONE, false],
        [ALL, true],
      ]);
      return inside(nodes, { classes, known }, region);
    },
  };
}

function node(nodes: Nodes, level: number, kids: readonly Region[]): Region {
  const first = kids[0] ?? NONE;
  if (kids.every((kid) => kid === first)) return first;
  const key = `${level}:${kids.join()}`;
  const known = nodes.byKey.get(key);
  if (known !== undefined) return known;
  const made = nodes.levels.length;
  if (made >= MOST_NODES) throw tooTangled();
  nodes.levels.push(level);
  nodes.kids.push(kids);
  nodes.byKey.set(key, made);
  return made;
}

type Two = readonly [a: Region, b: Region];

function apply(nodes: Nodes, operation: Operation, two: Two): Region {
  const plain = ENDS[operation](...two);
  if (plain !== undefined) return plain;
  const [a, b] = two;
  const key = (OPERATIONS[operation] * MOST_NODES + a) * MOST_NODES + b;
  const known = nodes.done.get(key);
  if (known !== undefined) return known;
  const level = Math.min(levelOf(nodes, a), levelOf(nodes, b));
  const size = nodes.sizes[level] ?? 0;
  nodes.steps += size;
  if (nodes.steps > nodes.most) throw tooTangled();
  const kids: Region[] = [];
  for (let at = 0; at < size; at++)
    kids.push(
      apply(nodes, operation, [kidOf(nodes, a, { level, at }), kidOf(nodes, b, { level, at })]),
    );
  const made = node(nodes, level, kids);
  nodes.done.set(key, made);
  return made;
}

/** What needs no look into the nodes. */
const ENDS: Readonly<Record<Operation, (a: Region, b: Region) => Region | undefined>> = {
  and: (a, b) => {
    if (a === NONE || b === ALL || a === b) return a;
    return b === NONE || a === ALL ? b : undefined;
  },
  or: (a, b) => {
    if (a === ALL || b === NONE || a === b) return a;
    return b === ALL || a === NONE ? b : undefined;
  },
  minus: (a, b) => {
    if (a === NONE || b === ALL || a === b) return NONE;
    return b === NONE ? a : undefined;
  },
};

function levelOf(nodes: Nodes, region: Region): number {
  return nodes.levels[region] ?? LEAF;
}

/** Where a branch leads; a region that does not look at this level leads to itself on every branch. */
function kidOf(nodes: Nodes, region: Region, { level, at }: { level: number; at: number }): Region {
  return levelOf(nodes, region) === level ? (nodes.kids[region]?.[at] ?? NONE) : region;
}

function volume(nodes: Nodes, region: Region): number {
  const known = nodes.volumes.get(region);
  if (known !== undefined) return known;
  const kids = nodes.kids[region] ?? [];
  const sum = kids.reduce((all, kid) => all + volume(nodes, kid), 0) / kids.length;
  nodes.volumes.set(region, sum);
  return sum;
}

function pick(nodes: Nodes, region: Region, prefer: Prefer): Cell | undefined {
  if (region === NONE) return undefined;
  const chosen: number[] = [];
  let here = region;
  for (const level of nodes.sizes.keys()) {
    const at =
      prefer(level, chosen).find((one) => kidOf(nodes, here, { level, at: one }) !== NONE) ?? 0;
    here = kidOf(nodes, here, { level, at });
    chosen.push(at);
  }
  return chosen;
}

type Walk = {
  readonly classes: readonly (number | undefined)[];
  readonly known: Map<Region, boolean>;
};

function inside(nodes: Nodes, walk: Walk, region: Region): boolean {
  const { classes, known } = walk;
  const before = known.get(region);
  if (before !== undefined) return before;
  const at = classes[levelOf(nodes, region)];
  const kids = nodes.kids[region] ?? [];
  const ways = at === undefined ? kids : [kids[at] ?? NONE];
  const all = ways.every((kid) => inside(nodes, walk, kid));
  known.set(region, all);
  return all;
}

function tooTangled(): Fault {
  return new Fault(
    'too_large',
    'Expected rules whose conditions can be compared in full, got more combinations than that. Split the list or ask about fewer facts.',
  );
}
