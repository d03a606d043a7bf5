import type { Limit } from '../rule.ts';
import { tellConflict } from './conflict.ts';
import type { Desk } from './desk.ts';
import { anyOf, listed } from './desk.ts';
import type { Region } from './diagram.ts';
import { ALL, NONE } from './diagram.ts';
import { domainOf, isForced, laneRegions } from './lane-regions.ts';
import type { Row } from './order.ts';
import { inOrder, tellOrder } from './order.ts';
import { limitsOver, whyUnmet } from './powerless.ts';

type At = { readonly limit: Limit; readonly index: number };

/** What can be said of the limits: all that match apply, but of those that only ask the first asks. */
export function lintLimits(desk: Desk): void {
  const { rules, space } = desk;
  const all = rules.limits
    .map((limit, index): At => ({ limit, index }))
    .filter(
      ({ limit, index }) =>
        !tellConflict(desk, limit.when, {
          spot: { list: 'limits', index, part: 'when' },
          rule: limit.id,
        }),
    );
  tellAsked(
    desk,
    all.filter(({ limit }) => isForced(limit)),
  );
  const domain = domainOf(desk);
  for (const at of all) {
    if (isForced(at.limit)) continue;
    if (space.and(space.where(at.limit.when), domain) === NONE) tellIdle(desk, at);
    else if (at.limit.ask === undefined) tellNoLane(desk, at, domain);
  }
  tellTwice(
    desk,
    all.filter(({ limit }) => !isForced(limit)),
  );
}

/** Limits that only ask are a list of their own: the first that matches asks its question. */
function tellAsked(desk: Desk, forced: readonly At[]): void {
  const rows = forced.map(({ limit, index }): Row => {
    const matches = desk.space.where(limit.when);
    return { id: limit.id, index, when: limit.when, matches, could: matches, on: true };
  });
  tellOrder(desk, inOrder(desk, rows, ALL), {
    list: 'limits',
    // One question after the other: when the first is answered the second is asked.
    alike: () => ALL,
    decides: ({ id }) => `the question of ${id}`,
    cases: [],
  });
}

/** A limit on lanes that only meets what never comes to a lane. */
function tellIdle(desk: Desk, { limit, index }: At): void {
  const where = desk.space.where(limit.when);
  const by = limitsOver(desk, where, isForced);
  desk.tell({
    level: 'error',
    code: 'never-reached',
    spot: { list: 'limits', index, part: 'when' },
    rule: limit.id,
    by,
    says: `expected ${limit.id} to meet work that a lane is looked for, got none: ${whyUnmet(by)}. Mend the condition or take the limit away.`,
    witness: desk.witness(where),
  });
}

/** A limit that forbids, and so leaves nothing at all to go anywhere where something would have gone. */
function tellNoLane(desk: Desk, { limit, index }: At, domain: Region): void {
  const { space, rules } = desk;
  const where = space.and(space.where(limit.when), domain);
  const goes = (limits: readonly Limit[]): Region =>
    space.and(
      where,
      anyOf(
        space,
        laneRegions(desk, limits).rows.map(({ wins }) => wins),
      ),
    );
  if (goes(rules.limits) !== NONE) return;
  const without = goes(rules.limits.filter((other) => other !== limit));
  if (without === NONE) return;
  desk.tell({
    level: 'error',
    code: 'leaves-no-lane',
    spot: { list: 'limits', index, part: 'do' },
    rule: limit.id,
    by: [],
    says: `expected some lane left for what ${limit.id} meets, got none: what a rule would send to ${listed(limit.forbid)} ends at ${rules.otherwise.id}. Forbid less, or make it ask.`,
    witness: desk.witness(without),
  });
}

function tellTwice(desk: Desk, all: readonly At[]): void {
  const first = new Map<Region, string>();
  for (const { limit, index } of all) {
    const where = desk.space.where(limit.when);
    const before = first.get(where);
    if (before === undefined) {
      first.set(where, limit.id);
      continue;
    }
    desk.tell({
      level: 'warning',
      code: 'same-condition',
      spot: { list: 'limits', index, part: 'when' },
      rule: limit.id,
      by: [{ rule: before, share: 1, witness: desk.witness(where) }],
      says: `${limit.id} has the condition of ${before}: whatever meets one meets both. Write them as one limit.`,
      witness: desk.witness(where),
    });
  }
}
