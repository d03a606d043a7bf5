import { tellConflict } from './conflict.ts';
import type { Compared, Desk } from './desk.ts';
import { listed } from './desk.ts';
import type { Region } from './diagram.ts';
import { NONE } from './diagram.ts';
import type { By, LintCode } from './finding.ts';
import type { PlacedLane } from './lane-regions.ts';
import { isForced } from './lane-regions.ts';
import { spotOf } from './order.ts';

/** Tells of a rule that never sends anything to its lane, for a reason that has nothing to do with the order. */
export function tellPowerless(desk: Desk, row: PlacedLane): void {
  if (tellConflict(desk, row.when, { spot: spotOf('lanes', row), rule: row.id })) return;
  const found = unmet(desk, row) ?? noProgram(row) ?? forbidden(desk, row);
  if (found === undefined) return;
  const { code, by, says, region } = found;
  desk.tell({
    level: 'error',
    code,
    spot: spotOf('lanes', row, code === 'never-reached' ? 'when' : 'do'),
    rule: row.id,
    by,
    says,
    witness: desk.witness(region),
  });
}

type Powerless = {
  readonly code: LintCode;
  readonly by: readonly By[];
  readonly says: string;
  readonly region: Region;
};

function unmet(desk: Desk, { id, when, matches }: PlacedLane): Powerless | undefined {
  if (matches !== NONE) return undefined;
  const region = desk.space.where(when);
  const by = limitsOver(desk, region, isForced);
  return {
    code: 'never-reached',
    by,
    says: `expected ${id} to meet work that a lane is looked for, got none: ${whyUnmet(by)}. Mend the condition or take the rule away.`,
    region,
  };
}

/** Why nothing of a condition ever comes to the lane rules. */
export function whyUnmet(by: readonly By[]): string {
  const asks = by.length === 0 ? '' : `, or ${listed(by.map(({ rule }) => rule))} asks first`;
  return `what it matches is no kind of work, lacks the files its kind needs${asks}`;
}

function noProgram({ able, matches }: PlacedLane): Powerless | undefined {
  if (able !== NONE) return undefined;
  return {
    code: 'no-program',
    by: [],
    says: `expected a kind that a program does, got only such as no program does. Name another lane or other kinds.`,
    region: matches,
  };
}

function forbidden(desk: Desk, row: PlacedLane): Powerless | undefined {
  const { id, rule, able, could, decides, wins } = row;
  if (could !== NONE && (decides === NONE || wins !== NONE)) return undefined;
  const region = could === NONE ? able : decides;
  const by = limitsOver(desk, region, ({ forbid }) => forbid.includes(rule.lane));
  const names = listed(by.map((one) => one.rule));
  return {
    code: 'forbidden-lane',
    by,
    says: `expected ${id} to send something to the ${rule.lane} lane, got nothing: ${names} ${by.length === 1 ? 'forbids' : 'forbid'} it wherever ${id} decides. Name another lane or narrow the limit.`,
    region,
  };
}

type OfLimit = (limit: Compared['limits'][number]) => boolean;

/** The limits of a sort that lie over a region, with the part of it they take. */
export function limitsOver(desk: Desk, region: Region, of: OfLimit): readonly By[] {
  const { space, rules } = desk;
  return rules.limits.filter(of).flatMap(({ id, when }) => {
    const over = space.and(region, space.where(when));
    if (over === NONE) return [];
    return [
      { rule: id, share: space.volume(over) / space.volume(region), witness: desk.witness(over) },
    ];
  });
}
