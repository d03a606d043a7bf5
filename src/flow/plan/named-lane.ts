import { Fault } from '../../core/fault.ts';
import { LANES } from '../../core/lane.ts';
import type { Lane } from '../../core/lane.ts';
import { route } from '../../core/route.ts';
import type { Route } from '../../core/route.ts';
import type { Trace } from '../../core/trace.ts';
import type { World } from '../ports/world.ts';

/** The lane of a route that has one. */
export function laneOf(found: Route): Lane | null {
  return found.is === 'lane' || found.is === 'hold' ? found.lane : null;
}

/** Where the rules would send a task of these facts if nobody had named a lane; null where they would ask. */
export function laneByRules({ library }: Pick<World, 'library'>, { facts }: Trace): Lane | null {
  const { lane: _named, ...unnamed } = facts;
  const offers = LANES.map((lane) => ({ lane, price: null }));
  return laneOf(route(unnamed, library.rules, offers));
}

/** Why a named lane is closed to a task, as a sentence with the limit's id and title; null where it is open. */
export function forbidden({ limits, tried }: Trace, lane: Lane): string | null {
  const limit = limits.find((l) => l.forbid.includes(lane));
  if (limit !== undefined) return `${idOf(limit.rule)} forbids the ${lane} lane: ${limit.title}.`;
  if (lane === 'tool' && tried.some((t) => 'noProgram' in t))
    return 'No exact program does this kind of work, so the tool lane cannot take it.';
  return null;
}

/** What the card says of a lane that somebody named and the piece did not get; nothing where it got it. */
export function refusedLane(trace: Trace, got: Lane | null): readonly string[] {
  const named = trace.facts.lane?.value;
  if (named === undefined || named === got) return [];
  const why =
    forbidden(trace, named) ??
    'it costs more than the rules would spend, so an approver may choose it.';
  return got === null ? [] : [`You named the ${named} lane; ${why.replace(/\.$/, '')}`];
}

/** Throws Fault `not_allowed` for a lane that a limit forbids or no program can do. */
export function refuseLimited({ trace }: Route, lane: Lane): void {
  const why = forbidden(trace, lane);
  if (why !== null) throw new Fault('not_allowed', `${why} Nothing was changed.`);
}

/** Throws Fault `not_allowed` for a lane that a limit forbids or no program can do, `conflict` while something is asked. */
export function refuseForbidden(found: Route, lane: Lane): void {
  refuseLimited(found, lane);
  if (laneOf(found) === lane) return;
  throw new Fault(
    'conflict',
    `This cannot go to the ${lane} lane before its open question is answered. Nothing was changed.`,
  );
}

/** The lane of that name; undefined where there is none. */
export function laneNamed(text: string | undefined): Lane | undefined {
  return LANES.find((lane) => lane === text);
}

function idOf(ref: string): string {
  return (ref.split('#')[1] ?? ref).split('@')[0] ?? ref;
}
