import type { WorkKind } from '../kind.ts';
import type { Lane } from '../lane.ts';
import { LANES } from '../lane.ts';
import type { LaneRule, Limit } from '../rule.ts';
import type { Desk } from './desk.ts';
import { anyOf } from './desk.ts';
import type { Region } from './diagram.ts';
import { ALL, NONE } from './diagram.ts';
import type { Placed, Row } from './order.ts';
import { inOrder } from './order.ts';
import { workKinds } from './space.ts';

type LaneRow = Row & {
  readonly rule: LaneRule;
  /** Where its lane can be used at all: the tool lane for kinds with a program. */
  readonly able: Region;
};

/** A lane rule at its place: where it sends work to its lane, and where a limit turns it into a question instead. */
export type PlacedLane = Placed<LaneRow> & {
  readonly wins: Region;
  readonly asks: Region;
};

/** The walk of `route` through limits and lane rules, for everything at once. */
export type LaneRegions = {
  /** What reaches the lane rules. */
  readonly domain: Region;
  readonly rows: readonly PlacedLane[];
  /** Where limits that do not ask close each lane. */
  readonly closed: ReadonlyMap<Lane, Region>;
  /** Where a limit that asks closes each lane, by that limit: the first of them speaks. */
  readonly asking: ReadonlyMap<Lane, ReadonlyMap<Limit, Region>>;
  /** What no lane rule decides. */
  readonly left: Region;
};

export function isForced({ ask, forbid }: Limit): boolean {
  return ask !== undefined && forbid.length === 0;
}

/** Everything a task needs before a lane is looked for: a kind that is work, its files, no question that comes first. */
export function domainOf({ space, kinds, rules }: Desk): Region {
  const byNeeds = new Map<string, WorkKind[]>();
  for (const kind of workKinds(kinds)) {
    const key = JSON.stringify(kind.needs);
    byNeeds.set(key, [...(byNeeds.get(key) ?? []), kind]);
  }
  const supplied = [...byNeeds.values()].map((alike) => {
    const ids = alike.map(({ id }) => id);
    return space.and(
      space.kinds((id) => ids.includes(id)),
      space.supplied(alike[0]?.needs ?? {}),
    );
  });
  const forced = rules.limits.filter(isForced).map(({ when }) => space.where(when));
  return space.minus(anyOf(space, supplied), anyOf(space, forced));
}

/** Where each lane rule decides, under these limits. */
export function laneRegions(desk: Desk, limits: readonly Limit[]): LaneRegions {
  const { space, rules, kinds } = desk;
  const domain = domainOf(desk);
  const closed = new Map(LANES.map((lane) => [lane, closedTo(desk, limits, lane)]));
  const asking = new Map(
    LANES.map((lane) => [
      lane,
      askingFor(desk, limits, { lane, closed: closed.get(lane) ?? NONE }),
    ]),
  );
  const withProgram = workKinds(kinds).flatMap(({ id, program }) => (program ? [id] : []));
  const programs = space.kinds((id) => withProgram.includes(id));
  const rows = rules.lanes.map((rule, index) => {
    const matches = space.and(space.where(rule.when), domain);
    const able = rule.lane === 'tool' ? space.and(matches, programs) : matches;
    const could = space.minus(able, closed.get(rule.lane) ?? NONE);
    return { id: rule.id, index, when: rule.when, matches, able, could, on: true, rule };
  });
  const placed = inOrder(desk, rows, domain).map((row): PlacedLane => {
    const asked = anyOf(space, [...(asking.get(row.rule.lane)?.values() ?? [])]);
    const asks = space.and(row.decides, asked);
    return { ...row, asks, wins: space.minus(row.decides, asks) };
  });
  const left = placed.reduce((rest, { decides }) => space.minus(rest, decides), domain);
  return { domain, rows: placed, closed, asking, left };
}

function closedTo({ space }: Desk, limits: readonly Limit[], lane: Lane): Region {
  const closing = limits.filter(({ ask, forbid }) => ask === undefined && forbid.includes(lane));
  return anyOf(
    space,
    closing.map(({ when }) => space.where(when)),
  );
}

type Of = { readonly lane: Lane; readonly closed: Region };

function askingFor(
  { space }: Desk,
  limits: readonly Limit[],
  { lane, closed }: Of,
): ReadonlyMap<Limit, Region> {
  const found = new Map<Limit, Region>();
  let before = closed;
  for (const limit of limits) {
    if (limit.ask === undefined || !limit.forbid.includes(lane)) continue;
    const where = space.where(limit.when);
    found.set(limit, space.minus(where, before));
    before = space.or(before, where);
  }
  return found;
}

/** Where two lane rules lead to the same lane, persona and gate, or to the same question. */
export function alikeLanes(
  desk: Desk,
  { asking }: LaneRegions,
  [a, b]: readonly [LaneRule, LaneRule],
): Region {
  const { space } = desk;
  const asked = [...(asking.get(a.lane) ?? [])].map(([limit, region]) =>
    space.and(region, asking.get(b.lane)?.get(limit) ?? NONE),
  );
  if (a.lane !== b.lane) return anyOf(space, asked);
  const placed = space.and(sameGate(desk, a, b), samePersona(desk, a, b));
  return anyOf(space, [placed, ...asked]);
}

function sameGate({ space, kinds }: Desk, a: LaneRule, b: LaneRule): Region {
  if (a.gate === b.gate) return ALL;
  const same = workKinds(kinds).flatMap(({ id, gate }) =>
    (a.gate ?? gate) === (b.gate ?? gate) ? [id] : [],
  );
  return space.kinds((id) => same.includes(id));
}

function samePersona(desk: Desk, a: LaneRule, b: LaneRule): Region {
  if (a.persona === b.persona) return ALL;
  const { space } = desk;
  const named = space.not(nobodyNamed(desk));
  const written = a.persona ?? b.persona ?? '';
  if (a.persona !== undefined && b.persona !== undefined) return named;
  const own = workKinds(desk.kinds).map((kind) =>
    space.and(
      space.kinds((id) => id === kind.id),
      ownPersona(desk, kind, written),
    ),
  );
  return space.or(named, anyOf(space, own));
}

/** Where a kind's own choice of a persona is this one. */
function ownPersona({ space }: Desk, { persona, second }: WorkKind, wanted: string): Region {
  const where = second === undefined ? NONE : space.where(second.when);
  const first = persona === wanted ? space.not(where) : NONE;
  return second?.persona === wanted ? space.or(first, where) : first;
}

/** Where no person named a persona. */
export function nobodyNamed({ space }: Desk): Region {
  const level = space.levels.findIndex((one) => one.is === 'name' && one.fact === 'persona');
  const found = space.levels[level];
  return found?.is === 'name'
    ? space.slice(
        level,
        found.of.map((value) => value === undefined),
      )
    : ALL;
}
