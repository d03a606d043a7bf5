import type { Desk } from './desk.ts';
import { anyOf, listed, percent } from './desk.ts';
import type { Region } from './diagram.ts';
import { NONE } from './diagram.ts';
import type { LaneRegions, PlacedLane } from './lane-regions.ts';
import { alikeLanes, nobodyNamed } from './lane-regions.ts';
import type { Row } from './order.ts';
import { spotOf, tellOrder } from './order.ts';
import { limitsOver, tellPowerless } from './powerless.ts';
import { workKinds } from './space.ts';

/** What can be said of the lane rules. */
export function lintLanes(desk: Desk, regions: LaneRegions): void {
  const byIndex = new Map(regions.rows.map((row) => [row.index, row]));
  const ruleOf = ({ index }: Row) => byIndex.get(index)?.rule ?? desk.rules.lanes[index];
  for (const row of regions.rows) tellPowerless(desk, row);
  tellOrder(desk, regions.rows, {
    list: 'lanes',
    alike: (a, b) => {
      const [one, other] = [ruleOf(a), ruleOf(b)];
      return one && other ? alikeLanes(desk, regions, [one, other]) : NONE;
    },
    decides: (row) => {
      const { lane, persona, gate } = ruleOf(row) ?? {};
      return [lane, persona, gate].filter((word) => word !== undefined).join(', ');
    },
    cases: desk.cases.lanes,
  });
  tellGaps(desk, regions);
  for (const row of regions.rows) tellDeclined(desk, row);
}

/** What falls to `otherwise`: because no rule matches, because no program does it, or because limits forbid every lane. */
function tellGaps(desk: Desk, { left, rows, closed, domain }: LaneRegions): void {
  const { space, rules } = desk;
  const matched = anyOf(
    space,
    rows.map(({ matches }) => matches),
  );
  const forbidden = anyOf(
    space,
    rows.map(({ able, rule }) => space.and(able, closed.get(rule.lane) ?? NONE)),
  );
  const rest = space.and(left, matched);
  const tell = (region: Region, why: string, level: 'warning' | 'note'): void => {
    if (region === NONE) return;
    const witness = desk.witness(region);
    const by = limitsOver(
      desk,
      region,
      ({ forbid, ask }) => forbid.length > 0 && ask === undefined,
    );
    desk.tell({
      level: isMeant(desk, region) ? 'note' : level,
      code: 'gap',
      spot: { list: 'lanes', index: 'otherwise', part: 'id' },
      rule: rules.otherwise.id,
      by: why === FORBIDDEN ? by : [],
      says: `${percent(space.volume(region) / space.volume(domain))} of all combinations of facts falls to ${rules.otherwise.id}, which asks: ${why} ${witness?.when ?? ''}.${
        level === 'note' ? '' : ' Write a rule for it, or an example that expects the question.'
      }`,
      witness,
    });
  };
  tell(space.minus(left, matched), 'no rule matches', 'warning');
  tell(
    space.minus(rest, forbidden),
    'only rules for the tool lane match, and no program does it',
    'warning',
  );
  tell(space.and(rest, forbidden), FORBIDDEN, 'note');
}

const FORBIDDEN = 'limits forbid the lane of every rule that matches';

function isMeant({ space, cases, rules }: Desk, region: Region): boolean {
  return cases.lanes.some(
    ({ facts, expect }) => expect === rules.otherwise.id && space.has(region, facts),
  );
}

/** A persona that a rule names for kinds it does not take: it would hand them on, and the rule would not be kept. */
function tellDeclined(desk: Desk, row: PlacedLane): void {
  const { space, kinds } = desk;
  const { persona } = row.rule;
  if (persona === undefined) return;
  const own = space.and(row.wins, nobodyNamed(desk));
  const declined = workKinds(kinds).filter(
    ({ id }) =>
      !desk.accepts(persona, id) &&
      space.and(
        own,
        space.kinds((one) => one === id),
      ) !== NONE,
  );
  if (declined.length === 0) return;
  const ids = declined.map(({ id }) => id);
  desk.tell({
    level: 'warning',
    code: 'declined',
    spot: spotOf('lanes', row, 'do'),
    rule: row.id,
    by: [],
    says: `expected ${persona} to take what ${row.id} gives it, got ${listed(ids)}, which it declines. Name another persona or narrow the rule.`,
    witness: desk.witness(
      space.and(
        own,
        space.kinds((one) => ids.includes(one)),
      ),
    ),
  });
}
