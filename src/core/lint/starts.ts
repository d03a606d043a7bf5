import { tellConflict } from './conflict.ts';
import type { Desk } from './desk.ts';
import { anyOf } from './desk.ts';
import type { Region } from './diagram.ts';
import { ALL, NONE } from './diagram.ts';
import type { LaneRegions } from './lane-regions.ts';
import type { Row } from './order.ts';
import { inOrder, spotOf, tellOrder } from './order.ts';

/** What can be said of the start rules: the first in force that speaks of the lane decides, over what a lane was found for. */
export function lintStarts(desk: Desk, { rows: lanes }: LaneRegions): void {
  const { space, rules } = desk;
  const placed = anyOf(
    space,
    lanes.map(({ rule, wins }) => space.and(space.goes(rule.lane), wins)),
  );
  const spoken = (of: readonly Parameters<typeof space.goes>[0][]): Region =>
    anyOf(
      space,
      of.map((lane) => space.goes(lane)),
    );
  const rows = rules.starts.map((rule, index): Row => {
    const where = space.and(space.where(rule.when), spoken(rule.lanes));
    const matches = space.and(where, placed);
    return { id: rule.id, index, when: rule.when, matches, could: matches, on: rule.enabled };
  });
  for (const row of rows) tellIdle(desk, row);
  const unasked = (row: Row): boolean => rules.starts[row.index]?.unasked ?? false;
  tellOrder(desk, inOrder(desk, rows, placed), {
    list: 'start',
    alike: (a, b) => (unasked(a) === unasked(b) ? ALL : NONE),
    decides: (row) => (unasked(row) ? 'a start by itself' : 'a start on a click'),
    cases: [],
  });
}

function tellIdle(desk: Desk, row: Row): void {
  if (tellConflict(desk, row.when, { spot: spotOf('start', row), rule: row.id })) return;
  if (row.could !== NONE) return;
  desk.tell({
    level: 'error',
    code: 'never-reached',
    spot: spotOf('start', row),
    rule: row.id,
    by: [],
    says: `expected ${row.id} to speak of work that goes to its lanes, got none: no lane rule sends there what it matches. Mend the condition or the lanes.`,
    witness: desk.witness(desk.space.where(row.when)),
  });
}
