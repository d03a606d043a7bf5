import type { Facts } from '../../../src/core/facts.ts';
import type { Compared } from '../../../src/core/lint/desk.ts';
import type { Case, Remark } from '../../../src/core/lint/finding.ts';
import { holds } from '../../../src/core/match.ts';
import type { When } from '../../../src/core/rule.ts';
import { alone, decided, everyFacts, judged, reaches, routeWith } from './decider.ts';

/** What the lint should find, by trying every combination of facts. One line for each finding. */

type Point = { readonly facts: Facts; readonly at: number; readonly goes?: string };
type Points = ReadonlySet<number>;
type Row = {
  readonly id: string;
  readonly when: When;
  readonly on: boolean;
  readonly matches: Points;
  readonly could: Points;
  /** What comes of a point when this is the only rule. */
  to(at: number): string;
};

const inBoth = (a: Points, b: Points): Points => new Set([...a].filter((at) => b.has(at)));
const within = (a: Points, b: Points): boolean => [...a].every((at) => b.has(at));
const same = (a: Points, b: Points): boolean => a.size === b.size && within(a, b);

/** A finding in one line: level, code, rule, the rules it names. */
export function line({
  level,
  code,
  rule,
  by,
}: Pick<Remark, 'level' | 'code' | 'rule' | 'by'>): string {
  return [level, code, rule, ...by.map((one) => one.rule)].join(' ');
}

export type Expected = { readonly lines: readonly string[] };

export function expected(set: Compared, cases: readonly Case[]): readonly string[] {
  const points = everyFacts(set).map((facts, at): Point => ({ facts: judged(facts, set), at }));
  const where = (is: (facts: Facts) => boolean): Points =>
    new Set(points.filter(({ facts }) => is(facts)).map(({ at }) => at));
  const on = { set, points, where, cases };
  const reached = where((facts) => reaches(facts, set));
  return [
    ...limitLines(on, reached),
    ...laneLines(on, reached),
    ...startLines(on, reached),
    ...secondLines(on, reached),
    ...checklistLines(on),
  ].sort();
}

type On = {
  readonly set: Compared;
  readonly points: readonly Point[];
  readonly where: (is: (facts: Facts) => boolean) => Points;
  readonly cases: readonly Case[];
};

type Settled = readonly (readonly [at: number, expect: string])[];
type Taken = ReadonlyMap<number, Row>;

function orderLines(rows: readonly Row[], cases: Settled): string[] {
  const lines: string[] = [];
  const taken = new Map<number, Row>();
  for (const row of rows) {
    const mine = [...row.could].filter((at) => !taken.has(at));
    const before = rows.filter((one) => [...row.could].some((at) => taken.get(at) === one));
    lines.push(...hiddenLines(row, before, mine.length));
    const against = before.filter(
      (one) => mine.length > 0 && contradicts(taken, [one, row], cases),
    );
    lines.push(...against.map((one) => `warning overlap ${row.id} ${one.id}`));
    if (row.on) for (const at of mine) taken.set(at, row);
  }
  return lines;
}

function hiddenLines(row: Row, before: readonly Row[], left: number): readonly string[] {
  const names = before.map(({ id }) => id);
  const twin = before.find((one) => same(one.matches, row.matches));
  if (row.could.size > 0 && left === 0) {
    const code = twin !== undefined && before.length === 1 ? 'same-condition' : 'never-reached';
    return [[row.on ? 'error' : 'warning', code, row.id, ...names].join(' ')];
  }
  if (twin !== undefined) return [`note same-condition ${row.id} ${twin.id}`];
  return before.length > 0 ? [['note', 'hidden', row.id, ...names].join(' ')] : [];
}

function contradicts(taken: Taken, [one, row]: readonly [Row, Row], cases: Settled): boolean {
  const differ = [...row.could].filter((at) => taken.get(at) === one && one.to(at) !== row.to(at));
  const named = (['lane', 'persona'] as const).some(
    (fact) => one.when[fact] !== undefined && row.when[fact] === undefined,
  );
  const shown = cases.some(([at, expect]) => expect === one.id && differ.includes(at));
  return differ.length > 0 && !within(one.matches, row.matches) && !named && !shown;
}

function limitLines({ set, where, points }: On, reached: Points): string[] {
  const all = set.limits.map((limit) => ({
    limit,
    matches: where((facts) => holds(limit.when, facts)),
  }));
  const lines = all
    .filter(({ matches }) => matches.size === 0)
    .map(({ limit }) => `error never-holds ${limit.id}`);
  const met = all.filter(({ matches }) => matches.size > 0);
  const forced = met.filter(({ limit }) => limit.ask !== undefined && limit.forbid.length === 0);
  const rows = forced.map(({ limit, matches }): Row => ({
    ...limit,
    on: true,
    matches,
    could: matches,
    to: () => '',
  }));
  lines.push(...orderLines(rows, []));
  const closing = met.filter((one) => !forced.includes(one));
  const twins = new Map<string, string>();
  for (const { limit, matches } of closing) {
    const mine = [...inBoth(matches, reached)];
    const over = forced.filter((one) => inBoth(one.matches, matches).size > 0);
    if (mine.length === 0)
      lines.push(
        ['error', 'never-reached', limit.id, ...over.map((one) => one.limit.id)].join(' '),
      );
    else if (limit.ask === undefined) {
      const limits = set.limits.filter((one) => one !== limit);
      const goes = (given: Compared): boolean =>
        mine.some((at) => decided(points[at]?.facts as Facts, given).goes);
      if (!goes(set) && goes({ ...set, limits })) lines.push(`error leaves-no-lane ${limit.id}`);
    }
    const key = [...matches].join();
    const twin = twins.get(key);
    if (twin === undefined) twins.set(key, limit.id);
    else lines.push(`warning same-condition ${limit.id} ${twin}`);
  }
  return lines;
}

function laneLines({ set, where, points, cases }: On, reached: Points): string[] {
  const lines: string[] = [];
  const facts = (at: number): Facts => points[at]?.facts as Facts;
  const decisions = new Map([...reached].map((at) => [at, decided(facts(at), set)]));
  const forced = set.limits.filter((limit) => limit.ask !== undefined && limit.forbid.length === 0);
  const rows = set.lanes.map((rule): Row => {
    const all = where((one) => holds(rule.when, one));
    const matches = inBoth(all, reached);
    const could = new Set([...matches].filter((at) => alone(facts(at), set, rule) !== undefined));
    const mine = [...decisions].filter(([, { by }]) => by === rule.id);
    const open = { ...set, limits: forced };
    const able = new Set([...matches].filter((at) => alone(facts(at), open, rule) !== undefined));
    const over = (region: Points): string[] =>
      set.limits
        .filter(
          ({ when, forbid }) =>
            forbid.includes(rule.lane) && [...region].some((at) => holds(when, facts(at))),
        )
        .map(({ id }) => id);
    if (all.size === 0) lines.push(`error never-holds ${rule.id}`);
    else if (matches.size === 0) {
      const asking = forced.filter(({ when }) => [...all].some((at) => holds(when, facts(at))));
      lines.push(['error', 'never-reached', rule.id, ...asking.map(({ id }) => id)].join(' '));
    } else if (able.size === 0) lines.push(`error no-program ${rule.id}`);
    else if (could.size === 0)
      lines.push(['error forbidden-lane', rule.id, ...over(able)].join(' '));
    else if (mine.length > 0 && !mine.some(([, { goes }]) => goes))
      lines.push(
        ['error forbidden-lane', rule.id, ...over(new Set(mine.map(([at]) => at)))].join(' '),
      );
    if (
      rule.persona === 'linter' &&
      mine.some(
        ([at, { goes }]) => goes && facts(at).kind === 'a.one' && facts(at).persona === undefined,
      )
    )
      lines.push(`warning declined ${rule.id}`);
    return { ...rule, on: true, matches, could, to: (at) => alone(facts(at), set, rule)?.to ?? '' };
  });
  const settled = cases.map(
    ({ facts: given, expect }) => [pointOf(points, given), expect] as const,
  );
  lines.push(...orderLines(rows, settled));
  lines.push(...gapLines({ set, points, cases, where }, decisions));
  return lines;
}

function pointOf(points: readonly Point[], given: Facts): number {
  const key = keyOf(given);
  return points.find(({ facts }) => keyOf(facts) === key)?.at ?? -1;
}

const keyOf = ({ judgement: _derived, ...facts }: Facts): string =>
  JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));

function gapLines(
  { set, points, cases }: On,
  decisions: ReadonlyMap<number, { by: string | undefined }>,
): string[] {
  const found = new Map<string, number[]>();
  for (const [at, { by }] of decisions) {
    if (by !== undefined) continue;
    const { tried } = routeWith(points[at]?.facts as Facts, set).trace;
    const forbidden = tried.some((one) => 'forbiddenBy' in one);
    const why = forbidden
      ? 'forbidden'
      : tried.some((one) => 'noProgram' in one)
        ? 'program'
        : 'none';
    found.set(why, [...(found.get(why) ?? []), at]);
  }
  return [...found].map(([why, all]) => {
    const meant = cases.some(
      ({ facts, expect }) => expect === set.otherwise.id && all.includes(pointOf(points, facts)),
    );
    const closing = set.limits.filter(
      ({ when, forbid, ask }) =>
        ask === undefined &&
        forbid.length > 0 &&
        all.some((at) => holds(when, points[at]?.facts as Facts)),
    );
    const by = why === 'forbidden' ? closing.map(({ id }) => id) : [];
    return [meant || why === 'forbidden' ? 'note' : 'warning', 'gap', set.otherwise.id, ...by].join(
      ' ',
    );
  });
}

function startLines({ set, where, points }: On, reached: Points): string[] {
  const placed = [...reached].flatMap((at) => {
    const found = routeWith(points[at]?.facts as Facts, set);
    return found.is === 'lane' ? [{ at, lane: found.lane }] : [];
  });
  const lines: string[] = [];
  const rows = set.starts.map((rule): Row => {
    const all = where((facts) => holds(rule.when, facts));
    const mine = placed.filter(({ at, lane }) => all.has(at) && rule.lanes.includes(lane));
    const matches = new Set(mine.map(({ at }) => at));
    if (all.size === 0) lines.push(`error never-holds ${rule.id}`);
    else if (matches.size === 0) lines.push(`error never-reached ${rule.id}`);
    return { ...rule, on: rule.enabled, matches, could: matches, to: () => String(rule.unasked) };
  });
  return [...lines, ...orderLines(rows, [])];
}

function secondLines({ set, where, points }: On, reached: Points): string[] {
  return [...set.kinds.values()].flatMap((kind) => {
    if (kind.sort !== 'work' || kind.second === undefined) return [];
    const { when } = kind.second;
    if (where((facts) => holds(when, facts)).size === 0) return [`error never-holds ${kind.id}`];
    const own = [...reached].filter((at) => {
      const facts = points[at]?.facts as Facts;
      if (facts.kind !== kind.id || facts.persona !== undefined) return false;
      const { by, goes } = decided(facts, set);
      return goes && set.lanes.find(({ id }) => id === by)?.persona === undefined;
    });
    const second = own.filter((at) => holds(when, points[at]?.facts as Facts));
    if (own.length === 0) return [];
    if (second.length === 0) return [`error never-reached ${kind.id}`];
    return second.length === own.length ? [`error always-holds ${kind.id}`] : [];
  });
}

function checklistLines({ set, where }: On): string[] {
  const lines: string[] = [];
  const work = where(({ kind }) => set.kinds.get(kind)?.sort === 'work');
  const rows = set.checklists.map((rule): Row => {
    const all = where((facts) => holds(rule.when, facts));
    const matches = inBoth(all, work);
    if (all.size === 0) lines.push(`error never-holds ${rule.id}`);
    else if (matches.size === 0) lines.push(`error never-reached ${rule.id}`);
    return { ...rule, on: true, matches, could: matches, to: () => rule.id };
  });
  return [...lines, ...orderLines(rows, [])];
}
